/* The functions of Cypher that both engines have, for completion. */
export const FUNCTIONS = (
  "abs acos all any asin atan atan2 avg ceil coalesce collect cos cot count date datetime degrees duration e elementId " +
  "endNode exists exp floor haversin head id isEmpty keys labels last left length localdatetime localtime log log10 " +
  "lTrim max min nodes none nullIf percentileCont percentileDisc pi point properties radians rand range reduce " +
  "relationships replace reverse right round rTrim shortestPath sign sin single size split sqrt startNode stDev " +
  "stDevP substring sum tail tan time timestamp toBoolean toBooleanList toFloat toFloatList toInteger toIntegerList " +
  "toLower toString toStringList toUpper trim type valueType"
).split(" ");

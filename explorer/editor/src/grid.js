/* The table of a result: AG Grid's free edition, of which only what the console uses is built in.
   Found as `conceptmap.grid`. */
import {
  CellStyleModule,
  ClientSideRowModelApiModule,
  ClientSideRowModelModule,
  ColumnAutoSizeModule,
  LocaleModule,
  NumberFilterModule,
  TextFilterModule,
  TooltipModule,
  createGrid,
  themeQuartz,
} from "ag-grid-community";

const MODULES = [
  CellStyleModule,
  ClientSideRowModelApiModule,
  ClientSideRowModelModule,
  ColumnAutoSizeModule,
  LocaleModule,
  NumberFilterModule,
  TextFilterModule,
  TooltipModule,
];

const MOST_WHOLE = 50;

const counted = (value) => (value === null ? null : Number(value));

const theme = themeQuartz.withParams({
  accentColor: "var(--accent)",
  backgroundColor: "var(--raised)",
  foregroundColor: "var(--text)",
  textColor: "var(--text)",
  borderColor: "var(--line)",
  chromeBackgroundColor: "var(--sunken)",
  headerBackgroundColor: "var(--sunken)",
  headerTextColor: "var(--text)",
  rowHoverColor: "var(--accent-soft)",
  menuBackgroundColor: "var(--raised)",
  inputBackgroundColor: "var(--raised)",
  inputBorder: { color: "var(--line-strong)" },
  iconColor: "var(--quiet)",
  fontFamily: "var(--font)",
  fontSize: 13,
  headerFontWeight: 600,
  rowHeight: 30,
  headerHeight: 34,
  wrapperBorderRadius: 6,
  spacing: 6,
  browserColorScheme: "inherit",
});

/** A table in `parent`. `columns`: [{name, number}]; `rows`: lists of plain values; `told(value)`: a value as text. */
function create(parent, { columns, rows, told, compare, label }) {
  const grid = createGrid(
    parent,
    {
      theme,
      columnDefs: columns.map(({ name, number }, place) => ({
        colId: String(place),
        headerName: name,
        valueGetter: ({ data }) => data[place],
        valueFormatter: ({ value }) => told(value),
        filterValueGetter: ({ data }) => (number ? counted(data[place]) : told(data[place])),
        filter: number ? "agNumberColumnFilter" : "agTextColumnFilter",
        comparator: compare,
        headerClass: number ? "ag-right-aligned-header" : undefined,
        cellClass: ({ value }) => [number ? "ag-right-aligned-cell" : "", value === null ? "null" : ""].filter(Boolean),
        tooltipValueGetter: ({ value }) => (told(value).length > 40 ? told(value).slice(0, 2000) : null),
      })),
      defaultColDef: { sortable: true, resizable: true, minWidth: 80, maxWidth: 480, cellDataType: false },
      rowData: rows,
      enableCellTextSelection: true,
      ensureDomOrder: true,
      tooltipShowDelay: 500,
      animateRows: false,
      suppressColumnVirtualisation: columns.length <= MOST_WHOLE, // so that a row is read out as a whole
      autoSizeStrategy: { type: "fitCellContents" },
      overlayNoRowsTemplate: "No rows",
    },
    { modules: MODULES },
  );
  parent.setAttribute("aria-label", label);
  return {
    /** The rows that the filters leave, in the order that they are sorted in. */
    rows: () => {
      const found = [];
      grid.forEachNodeAfterFilterAndSort((node) => found.push(node.data));
      return found;
    },
    destroy: () => grid.destroy(),
  };
}

const root = (window.conceptmap = window.conceptmap || {});
root.grid = { create };

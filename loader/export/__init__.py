"""From the graph back to files: what sets said, or a part of the map, in the formats that others read."""

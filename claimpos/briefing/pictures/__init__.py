"""Pictures as SVG: geometry worked out here, drawn by a template of the same name."""

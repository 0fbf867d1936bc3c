"""The month's sheets: preview, export, issue, signature."""

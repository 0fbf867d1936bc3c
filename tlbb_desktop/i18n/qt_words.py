"""Qt's own words that a person of the office meets: in its dialogs, under the right mouse button, on message boxes.

Qt looks them up by itself in the one catalogue; they stand here only to be extracted.
"""

from __future__ import annotations

from tlbb_desktop.i18n.marks import N_

FILE_DIALOG = (
    N_("&Look in:"),
    N_("Directory:"),
    N_("File &name:"),
    N_("Files of &type:"),
    N_("&Open"),
    N_("&Save"),
    N_("&Choose"),
    N_("Size"),
    N_("Type"),
    N_("Date Modified"),
    N_("Computer"),
    N_("Forward"),
    N_("Parent Directory"),
    N_("Create New Folder"),
    N_("List View"),
    N_("Detail View"),
    N_("Directories"),
    N_("Show &hidden files"),
    N_("&Rename"),
    N_("&Delete"),
    N_("&New Folder"),
    N_("%1 already exists.\nDo you want to replace it?"),
    N_("%1\nFile not found.\nPlease verify the correct file name was given."),
    N_("%1\nDirectory not found.\nPlease verify the correct directory name was given."),
)
PRINT_DIALOG = (
    N_("&Print"),
    N_("&Options >>"),
    N_("&Options <<"),
    N_("Printer"),
    N_("&Name:"),
    N_("P&roperties"),
    N_("Location:"),
    N_("Type:"),
    N_("Print to File (PDF)"),
    N_("Copies"),
    N_("Copies:"),
    N_("Collate"),
    N_("Reverse"),
    N_("Print range"),
    N_("Print all"),
    N_("Pages from"),
    N_("to"),
    N_("Pages"),
    N_("Page &Set:"),
    N_("All Pages"),
    N_("Odd Pages"),
    N_("Even Pages"),
    N_("Current Page"),
    N_("Selection"),
    N_("Options"),
    N_("Output Settings"),
    N_("Color Mode"),
    N_("Color"),
    N_("Grayscale"),
    N_("Double Sided Printing"),
    N_("Off"),
    N_("Long side binding"),
    N_("Short side binding"),
    N_("Cancel"),
)
TEXT_MENU = (N_("&Undo"), N_("&Redo"), N_("Cu&t"), N_("&Copy"), N_("&Paste"), N_("Delete"), N_("Select All"))
BUTTONS = (N_("OK"), N_("&OK"), N_("&Cancel"), N_("&Yes"), N_("&No"), N_("&Close"))

"""TLBB Desktop: registers, case plans and releases for the staff of This Life Beyond Bars."""

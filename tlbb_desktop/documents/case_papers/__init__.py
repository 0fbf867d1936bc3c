"""The papers of a case, each as a plan document: assessment, plans, checklist, my plan, follow-up, forms 1 to 6."""

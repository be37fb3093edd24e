"""The hosts' files: workflows, templates, hooks, and the script that comments."""

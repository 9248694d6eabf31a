/// Markdown

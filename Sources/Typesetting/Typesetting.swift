/// Typesetting

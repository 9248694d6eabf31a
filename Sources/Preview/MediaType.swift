/// The media type that a file is sent with, by its extension.
enum MediaType {
  static func of(_ path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else {
      return "application/octet-stream"
    }
    let ending = name[name.index(after: dot)...].lowercased()
    guard let type = types[ending] else { return "application/octet-stream" }
    let isText = type.hasPrefix("text/") || texts.contains(type)
    return isText ? type + "; charset=utf-8" : type
  }

  private static let texts: Set<String> = [
    "application/json", "application/xml", "application/atom+xml", "application/rss+xml",
    "application/manifest+json", "application/feed+json",
  ]

  private static let types = [
    "html": "text/html", "htm": "text/html", "css": "text/css", "js": "text/javascript",
    "mjs": "text/javascript", "json": "application/json", "map": "application/json",
    "xml": "application/xml", "atom": "application/atom+xml", "rss": "application/rss+xml",
    "webmanifest": "application/manifest+json", "txt": "text/plain", "md": "text/markdown",
    "csv": "text/csv", "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg",
    "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "avif": "image/avif",
    "ico": "image/x-icon", "bmp": "image/bmp", "woff": "font/woff", "woff2": "font/woff2",
    "ttf": "font/ttf", "otf": "font/otf", "mp4": "video/mp4", "webm": "video/webm",
    "ogv": "video/ogg", "mov": "video/quicktime", "mp3": "audio/mpeg", "ogg": "audio/ogg",
    "wav": "audio/wav", "m4a": "audio/mp4", "pdf": "application/pdf", "zip": "application/zip",
    "gz": "application/gzip", "wasm": "application/wasm",
  ]
}

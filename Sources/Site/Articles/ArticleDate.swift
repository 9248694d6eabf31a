/// A day, with a time where one is given. It needs no clock and no time zone data.
struct ArticleDate: Hashable, Sendable, Comparable {
  var year: Int
  var month: Int
  var day: Int
  var secondOfDay = 0
  /// The offset of the written time from UTC, in minutes.
  var zoneMinutes = 0

  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads `2016-01-31`, `2016-01-31 12:30`, `2016-01-31T12:30:00Z`, `2016-01-31 12:30:00 +0800`.
  ///
  /// - Returns: `nil` for any other text and for days that do not exist.
  init?(_ text: String) {
    var rest = Substring(text)
    func number(_ digits: ClosedRange<Int>) -> Int? {
      let word = rest.prefix { $0.isASCII && $0.isNumber }
      guard digits.contains(word.count) else { return nil }
      rest = rest.dropFirst(word.count)
      return Int(word)
    }
    func take(_ characters: String) -> Bool {
      guard let first = rest.first, characters.contains(first) else { return false }
      rest = rest.dropFirst()
      return true
    }
    guard let year = number(4...4), take("-/"), let month = number(1...2), take("-/"),
      let day = number(1...2), (1...12).contains(month),
      (1...Self.days(inMonth: month, of: year)).contains(day)
    else { return nil }
    self.init(year: year, month: month, day: day)
    guard take(" T") else {
      if !rest.isEmpty { return nil }
      return
    }
    rest = rest.drop { $0 == " " }
    if rest.isEmpty { return }
    guard let hour = number(1...2), hour < 24, take(":"), let minute = number(2...2), minute < 60
    else { return nil }
    secondOfDay = hour * 3600 + minute * 60
    if take(":") {
      guard let second = number(2...2), second < 60 else { return nil }
      secondOfDay += second
      if take(".") { guard number(1...9) != nil else { return nil } }
    }
    rest = rest.drop { $0 == " " }
    if rest.isEmpty || rest == "Z" || rest == "UTC" { return }
    let sign = rest.hasPrefix("-") ? -1 : 1
    guard take("+-"), let zoneHours = number(2...4) else { return nil }
    if zoneHours > 99 {
      zoneMinutes = sign * (zoneHours / 100 * 60 + zoneHours % 100)
    } else {
      _ = take(":")
      zoneMinutes = sign * (zoneHours * 60 + (number(2...2) ?? 0))
    }
    if !rest.isEmpty || abs(zoneMinutes) > 24 * 60 { return nil }
  }

  /// `2016-01-31`
  var isoDay: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }

  /// `2016-01-31T12:30:00+08:00`, as feeds require.
  var rfc3339: String {
    let time = [secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60]
    let clock = time.map { padded($0, 2) }.joined(separator: ":")
    guard zoneMinutes != 0 else { return "\(isoDay)T\(clock)Z" }
    let zone = abs(zoneMinutes)
    let sign = zoneMinutes < 0 ? "-" : "+"
    return "\(isoDay)T\(clock)\(sign)\(padded(zone / 60, 2)):\(padded(zone % 60, 2))"
  }

  var dayOfYear: Int {
    (1..<month).reduce(day) { $0 + Self.days(inMonth: $1, of: year) }
  }

  static func < (a: ArticleDate, b: ArticleDate) -> Bool { a.instant < b.instant }

  /// Seconds since 1970-01-01 UTC.
  private var instant: Int {
    // Days from the civil calendar (Hinnant): the year starts in March, so the leap day is its
    // last.
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return (era * 146_097 + dayOfEra - 719_468) * 86400 + secondOfDay - zoneMinutes * 60
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }
}

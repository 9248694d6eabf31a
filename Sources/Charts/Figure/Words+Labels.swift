import Localization

extension Words {
  /// A name for a chart without a title: "training loss over step".
  func over(_ y: String, _ x: String) -> String {
    let (y, x) = (Label(y).plain, Label(x).plain)
    return y.isEmpty || x.isEmpty ? y + x : self(.over(y: y, x: x))
  }

  /// The accessible name of the area where values are read.
  func values(_ title: String) -> String {
    title.isEmpty ? self(.valuesAlone) : self(.values(title: title))
  }

  /// A remark on numbers that are not finite; empty where there are none.
  func notFinite(_ count: Int) -> String {
    count > 0 ? self(.numbersNotFinite(count: count)) : ""
  }
}

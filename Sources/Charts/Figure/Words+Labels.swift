import Localization

extension Words {
  /// A name for a chart without a title: "training loss over step".
  func over(_ y: String, _ x: String) -> String {
    let (y, x) = (Label(y).plain, Label(x).plain)
    return y.isEmpty || x.isEmpty ? y + x : self(.over(y: y, x: x))
  }

  /// The accessible name of the area in which values are read with the pointer.
  func values(_ title: String) -> String {
    title.isEmpty ? self(.valuesAlone) : self(.values(title: title))
  }

  /// A note on the number of values that are not finite; empty for none.
  func notFinite(_ count: Int) -> String {
    count > 0 ? self(.numbersNotFinite(count: count)) : ""
  }
}

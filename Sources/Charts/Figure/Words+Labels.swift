import Localization

extension Words {
  /// What is drawn over what: "training loss over step".
  func over(_ y: String, _ x: String) -> String {
    let (y, x) = (Label(y).plain, Label(x).plain)
    return y.isEmpty || x.isEmpty ? y + x : self(.over(y: y, x: x))
  }

  /// What the area is called where values are read.
  func values(_ title: String) -> String {
    title.isEmpty ? self(.valuesAlone) : self(.values(title: title))
  }

  /// What is said of numbers that no picture can hold; nothing where there are none.
  func notFinite(_ count: Int) -> String {
    count > 0 ? self(.numbersNotFinite(count: count)) : ""
  }
}

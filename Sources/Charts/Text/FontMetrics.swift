/// Widths of text, in thousandths of the font size.
///
/// Each number is the larger of those of DejaVu Sans and Liberation Sans (metrically Arial): the
/// widest and the most common font of the style sheet's stack. Text laid out with these widths is
/// never wider in the browser, whichever font of the stack the reader has.
enum FontMetrics {
  /// Width of the text in pixels at a font size, in regular weight.
  static func width(_ text: String, size: Double) -> Double {
    var thousandths = 0
    for scalar in text.unicodeScalars { thousandths += advance(scalar.value) }
    return Double(thousandths) * size / 1000
  }

  static func advance(_ scalar: UInt32) -> Int {
    switch scalar {
    case 0x20..<0x7f: ascii[Int(scalar - 0x20)]
    case 0xa0..<0x100: latin[Int(scalar - 0xa0)]
    case 0x300..<0x370: 0  // combining marks
    case 0x391..<0x3d7: greek[Int(scalar - 0x391)]
    case 0x2013: 556
    case 0x2018, 0x2019, 0x22c5: 318
    case 0x201c, 0x201d: 518
    case 0x2009, 0x200a: 200  // thin spaces
    case 0x2032: 340
    case 0x2070...0x207b, 0x2080...0x208b: 530
    case 0x2202, 0x222b: 530
    case 0x2206, 0x2207, 0x2211, 0x221a: 720
    case 0x2208...0x22ff: 880
    case 0x200b...0x200f, 0xfe00...0xfe0f: 0
    case 0x10000...: 1250  // emoji and other planes
    default: scalar < 0x250 ? 1000 : scalar < 0x590 ? 1180 : 1000  // CJK is one em
    }
  }

  private static let ascii = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 556, 1015, 684, 686, 722, 770, 667,
    611, 778, 752, 295, 500, 667, 557, 863, 748, 787, 667, 787, 722, 667, 611, 732, 684, 989, 685,
    667, 685, 390, 337, 390, 838, 556, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
  ]
  private static let latin = [
    318, 401, 636, 636, 636, 636, 337, 556, 500, 1000, 471, 612, 838, 361, 1000, 552, 500, 838, 401,
    401, 500, 636, 636, 318, 500, 401, 471, 612, 969, 969, 969, 611, 684, 684, 684, 684, 684, 684,
    1000, 722, 667, 667, 667, 667, 295, 295, 295, 295, 775, 748, 787, 787, 787, 787, 787, 838, 787,
    732, 732, 732, 732, 667, 667, 630, 613, 613, 613, 613, 613, 613, 982, 550, 615, 615, 615, 615,
    278, 278, 278, 278, 612, 634, 612, 612, 612, 612, 612, 838, 612, 634, 634, 634, 634, 592, 635,
    592,
  ]
  private static let greek = [
    684, 686, 557, 684, 667, 685, 752, 787, 295, 667, 684, 863, 748, 650, 787, 752, 667, 0, 632,
    611, 667, 798, 685, 835, 764, 295, 667, 659, 541, 634, 338, 579, 659, 638, 592, 612, 541, 544,
    634, 612, 338, 589, 592, 636, 559, 558, 612, 690, 635, 587, 634, 602, 579, 660, 578, 713, 837,
    338, 579, 612, 579, 837, 656, 614, 619, 699, 842, 699, 660, 837,
  ]
}

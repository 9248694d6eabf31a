/// Names of HTML elements.
enum HTMLNames {
  private static func set(_ names: String) -> Set<[UInt8]> {
    Set(names.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) })
  }

  /// Elements whose tag starts an HTML block at the start of a line (CommonMark §4.6, kind 6).
  static let blocks = set(
    """
    address article aside base basefont blockquote body caption center col colgroup dd details dialog
    dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header
    hr html iframe legend li link main menu menuitem nav noframes ol optgroup option p param section
    source summary table tbody td tfoot th thead title tr track ul
    """)

  /// Elements whose content is raw text (kind 1).
  static let rawText = set("pre script style textarea")

  /// Elements without an end tag.
  static let void = set(
    "area base br col embed hr img input link meta param source track wbr basefont frame")

  /// Elements whose content kramdown reads as text rather than blocks, unless `markdown` specifies
  /// it.
  static let textContent = set(
    """
    a abbr acronym b bdo big button cite caption code del dfn dt em h1 h2 h3 h4 h5 h6 i ins kbd label
    legend mark optgroup p q rb rbc rp rt rtc ruby s samp select small span strike strong sub sup
    summary th tt u var
    """)

  /// Elements that GitHub's tag filter shows as text.
  static let filtered = set(
    "title textarea style xmp iframe noembed noframes script plaintext")

  private static let others = set(
    """
    a abbr acronym applet area audio b bdi bdo bgsound big blink br button canvas cite code data
    datalist del dfn em embed font hgroup i img image input ins isindex kbd keygen label listing map
    mark marquee math meta meter multicol nextid nobr noembed noscript object output picture plaintext
    portal progress q rb rp rt rtc ruby s samp script search select slot small spacer span strike
    strong style sub sup svg template textarea time tt u var video wbr xmp pre
    animate circle clippath defs desc ellipse feblend fecolormatrix filter foreignobject g line
    lineargradient marker mask metadata path pattern polygon polyline radialgradient rect stop
    switch symbol text textpath tspan use view
    annotation maction merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mroot mrow ms mspace
    msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics
    """)

  /// Whether an element of this name (in lower case) is known to browsers, or may be a custom
  /// element: those have names with a hyphen.
  static func isElement(_ name: [UInt8]) -> Bool {
    blocks.contains(name) || others.contains(name) || name.contains(UInt8(ascii: "-"))
  }
}

import Localization

extension AlertKind {
  /// The title above the alert.
  var title: Phrase {
    switch self {
    case .note: .alertNote
    case .tip: .alertTip
    case .important: .alertImportant
    case .warning: .alertWarning
    case .caution: .alertCaution
    }
  }
}

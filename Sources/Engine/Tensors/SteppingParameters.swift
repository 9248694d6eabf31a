/// Parameters with their optimizer state: contiguous, of one size, in one workspace.
package struct SteppingParameters: Hashable, Sendable {
  /// The parameters, contiguous.
  package var parameters: View
  /// The first vector of state; nil unless the rule needs it. `v` is the second.
  package var m: View?
  package var v: View?

  /// - Precondition: State and parameters are contiguous and of one size.
  package init(_ parameters: View, m: View? = nil, v: View? = nil) {
    func fits(_ state: View?) -> Bool {
      guard let state else { return true }
      return state.count == parameters.count && state.isContiguous && parameters.isContiguous
    }
    precondition(fits(m) && fits(v), "the state does not fit parameters \(parameters)")
    self.parameters = parameters
    self.m = m
    self.v = v
  }

  /// Some of the parameters with their state.
  package func part(_ view: View) -> SteppingParameters {
    let start = view.offset - parameters.offset
    precondition(
      view.isContiguous && start >= 0 && start + view.count <= parameters.count,
      "\(view) at \(view.offset) is not among the parameters")
    func shifted(_ state: View) -> View {
      View(offset: state.offset + start, rows: view.rows, columns: view.columns)
    }
    return SteppingParameters(view, m: m.map(shifted), v: v.map(shifted))
  }
}

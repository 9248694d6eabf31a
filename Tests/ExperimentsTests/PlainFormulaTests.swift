import Testing

@testable import Experiments

@Suite struct PlainFormulaTests {
  @Test(arguments: [
    (#"\frac{\partial E}{\partial W^{(1)}}"#, "∂E/∂W⁽¹⁾"),
    (#"\delta^{(2)}{a^{(1)}}^\top"#, "δ⁽²⁾a⁽¹⁾ᵀ"),
    (#"W^{(1)}-\eta\frac{\partial E}{\partial W^{(1)}}"#, "W⁽¹⁾-η∂E/∂W⁽¹⁾"),
    (#"\operatorname{layer\_norm}(z^{(1)})"#, "layer_norm(z⁽¹⁾)"),
    (#"\ln\sum_j e^{x_j}-x_t"#, "lnΣⱼ e^(xⱼ)-x_t"),
    (#"\frac{p-y}{p(1-p)}"#, "(p-y)/(p(1-p))"),
    (#"\text{the input}"#, "the input"), ("", ""), (#"\frac{a"#, "a/"), (#"x^"#, "x"),
    (#"a}b"#, "a"),
  ])
  func theEnginesFormulasAreReadable(tex: String, text: String) {
    #expect(PlainFormula.text(tex) == text)
  }
}

extension Catalogue {
  /// Functions of one number, sorted as a reader meets them: the sigmoids, the rectifiers, the smooth
  /// rectifiers, the others.
  static let activations: [Entry] = [
    Entry(
      .activation, "identity", aliases: ["linear"], "passes its input on", formula: "x",
      derivative: "1", range: #"(-\infty, \infty)"#),
    Entry(
      .activation, "binary_step", aliases: ["step", "heaviside"],
      "the threshold of the first neurons: no gradient flows through it",
      formula: #"\begin{cases}1 & x \ge 0\\ 0 & x < 0\end{cases}"#, derivative: "0",
      range: #"\{0, 1\}"#),
    Entry(
      .activation, "sigmoid", aliases: ["logistic"], "the logistic curve from 0 to 1",
      formula: #"\frac{1}{1+e^{-x}}"#, derivative: #"y(1-y)"#, range: "(0, 1)"),
    Entry(
      .activation, "bipolar_sigmoid", "the logistic curve from -1 to 1",
      formula: #"\frac{1-e^{-x}}{1+e^{-x}}"#, derivative: #"\tfrac12(1-y^2)"#, range: "(-1, 1)"),
    Entry(
      .activation, "hard_sigmoid", aliases: ["hardsigmoid", "hard_sigmoid_keras3"],
      "the logistic curve in three straight pieces",
      formula: #"\min(1, \max(0, ax+\tfrac12))"#,
      derivative: #"\begin{cases}a & 0 < ax+\tfrac12 < 1\\ 0 & \text{otherwise}\end{cases}"#,
      range: "[0, 1]",
      [
        .number(
          "slope", 1.0 / 6, .above(0),
          "slope in the middle: 1/6 in PyTorch and Keras 3, 0.2 in Keras 1 and 2", positional: true)
      ]),
    Entry(
      .activation, "hard_sigmoid_keras", aliases: ["hard_sigmoid_keras_old"],
      "the three straight pieces of Keras 1 and 2", formula: #"\min(1, \max(0, 0.2x+0.5))"#,
      derivative: #"\begin{cases}0.2 & |x|\le 2.5\\ 0 & \text{otherwise}\end{cases}"#,
      range: "[0, 1]"),
    Entry(
      .activation, "tanh", "the hyperbolic tangent", formula: #"\tanh x"#, derivative: "1-y^2",
      range: "(-1, 1)"),
    Entry(
      .activation, "hard_tanh", aliases: ["hardtanh"], "the identity, cut at both ends",
      formula: #"\min(b, \max(a, x))"#,
      derivative: #"\begin{cases}1 & a < x < b\\ 0 & \text{otherwise}\end{cases}"#, range: "[a, b]",
      [
        .number("min", -1, nil, "the lower end a", positional: true),
        .number("max", 1, nil, "the upper end b", positional: true),
      ]),
    Entry(
      .activation, "lecun_tanh", "LeCun's scaled tangent, ±1 at ±1",
      formula: #"1.7159 \tanh\tfrac{2x}{3}"#,
      derivative: #"1.7159\cdot\tfrac23\left(1-\tanh^2\tfrac{2x}{3}\right)"#,
      range: "(-1.7159, 1.7159)"),
    Entry(
      .activation, "arctan", aliases: ["atan"], "the inverse tangent", formula: #"\arctan x"#,
      derivative: #"\frac{1}{1+x^2}"#, range: #"(-\tfrac\pi2, \tfrac\pi2)"#),
    Entry(
      .activation, "arctan_scaled", "the inverse tangent with slope 1 at 0 and limits ±1",
      formula: #"\tfrac2\pi \arctan\tfrac{\pi x}{2}"#,
      derivative: #"\frac{1}{1+(\pi x/2)^2}"#, range: "(-1, 1)"),
    Entry(
      .activation, "arsinh", aliases: ["asinh"], "the inverse hyperbolic sine: it never saturates",
      formula: #"\ln\left(x+\sqrt{x^2+1}\right)"#, derivative: #"\frac{1}{\sqrt{x^2+1}}"#,
      range: #"(-\infty, \infty)"#),
    Entry(
      .activation, "softsign", aliases: ["elliot", "absolute_rational"],
      "a sigmoid that saturates slowly", formula: #"\frac{x}{1+|x|}"#,
      derivative: #"\frac{1}{(1+|x|)^2}"#, range: "(-1, 1)"),
    Entry(
      .activation, "erf", "the error function",
      formula: #"\frac{2}{\sqrt\pi}\int_0^x e^{-t^2}\,dt"#,
      derivative: #"\frac{2}{\sqrt\pi}e^{-x^2}"#, range: "(-1, 1)"),
    Entry(
      .activation, "erf_scaled", "the error function with slope 1 at 0",
      formula: #"\operatorname{erf}\tfrac{\sqrt\pi x}{2}"#, derivative: #"e^{-\pi x^2/4}"#,
      range: "(-1, 1)"),
    Entry(
      .activation, "gudermannian", aliases: ["gd"], "the Gudermannian function",
      formula: #"2\arctan\tanh\tfrac{x}{2}"#, derivative: #"\operatorname{sech} x"#,
      range: #"(-\tfrac\pi2, \tfrac\pi2)"#),
    Entry(
      .activation, "gudermannian_scaled", "the Gudermannian function with limits ±1",
      formula: #"\tfrac2\pi\operatorname{gd}\tfrac{\pi x}{2}"#,
      derivative: #"\operatorname{sech}\tfrac{\pi x}{2}"#, range: "(-1, 1)"),
    Entry(
      .activation, "isru", aliases: ["algebraic"], "the inverse square root unit",
      formula: #"\frac{x}{\sqrt{1+\alpha x^2}}"#, derivative: #"(1+\alpha x^2)^{-3/2}"#,
      range: #"(-\tfrac{1}{\sqrt\alpha}, \tfrac{1}{\sqrt\alpha})"#,
      [.number("alpha", 1, .above(0), "how early it saturates", positional: true)]),
    Entry(
      .activation, "sqnl", "a sigmoid of two parabolas",
      formula:
        #"\begin{cases}1 & x>2\\ x-\tfrac{x^2}{4} & 0\le x\le 2\\ x+\tfrac{x^2}{4} & -2\le x<0\\ -1 & x<-2\end{cases}"#,
      derivative: #"\max\left(0, 1-\tfrac{|x|}{2}\right)"#, range: "[-1, 1]"),
    Entry(
      .activation, "smht", aliases: ["soboleva"],
      "the tangent of Soboleva, each tail with its own bend",
      formula: #"\frac{e^{ax}-e^{-bx}}{e^{cx}+e^{-dx}}"#,
      derivative:
        #"\frac{ae^{ax}+be^{-bx}}{e^{cx}+e^{-dx}}-y\frac{ce^{cx}-de^{-dx}}{e^{cx}+e^{-dx}}"#,
      range: #"(-\infty, \infty)"#,
      [
        .number("a", 1, .above(0), "exponent of the rise on the right", positional: true),
        .number("b", 1, .above(0), "exponent of the fall on the left", positional: true),
        .number("c", 1, .above(0), "exponent of the brake on the right", positional: true),
        .number("d", 1, .above(0), "exponent of the brake on the left", positional: true),
      ]),
    Entry(
      .activation, "relu", "the rectifier", formula: #"\max(0, x)"#,
      derivative: #"\begin{cases}1 & x>0\\ 0 & x\le 0\end{cases}"#, range: #"[0, \infty)"#),
    Entry(
      .activation, "relu6", "the rectifier, cut at 6", formula: #"\min(6, \max(0, x))"#,
      derivative: #"\begin{cases}1 & 0<x<6\\ 0 & \text{otherwise}\end{cases}"#, range: "[0, 6]"),
    Entry(
      .activation, "brelu", aliases: ["bounded_relu", "brelu_bounded"],
      "the rectifier, cut at a bound",
      formula: #"\min(a, \max(0, x))"#,
      derivative: #"\begin{cases}1 & 0<x<a\\ 0 & \text{otherwise}\end{cases}"#, range: "[0, a]",
      [.number("bound", 1, .above(0), "the upper end a", positional: true)]),
    Entry(
      .activation, "relu_squared", aliases: ["squared_relu"], "the rectifier, squared",
      formula: #"\max(0, x)^2"#, derivative: #"2\max(0, x)"#, range: #"[0, \infty)"#),
    Entry(
      .activation, "leaky_relu", aliases: ["lrelu"],
      "a rectifier with a small slope where the input is negative",
      formula: #"\begin{cases}x & x>0\\ ax & x\le 0\end{cases}"#,
      derivative: #"\begin{cases}1 & x>0\\ a & x\le 0\end{cases}"#, range: #"(-\infty, \infty)"#,
      [.number("slope", 0.01, nil, "slope a for negative inputs", positional: true)]),
    Entry(
      .activation, "prelu", "a leaky rectifier whose slope is trained",
      formula: #"\begin{cases}x & x>0\\ ax & x\le 0\end{cases}"#,
      derivative: #"\begin{cases}1 & x>0\\ a & x\le 0\end{cases}"#, range: #"(-\infty, \infty)"#,
      [
        .number("slope", 0.25, nil, "slope a at the start", positional: true),
        .flag("per_channel", false, "one slope for each channel or feature"),
      ]),
    Entry(
      .activation, "rrelu",
      "a leaky rectifier whose slope is drawn anew while training, and the mean one afterwards",
      formula: #"\begin{cases}x & x>0\\ ax,\ a\sim U(l,u) & x\le 0\end{cases}"#,
      derivative: #"\begin{cases}1 & x>0\\ a & x\le 0\end{cases}"#, range: #"(-\infty, \infty)"#,
      [
        .number("lower", 0.125, nil, "smallest slope l", positional: true),
        .number("upper", 1.0 / 3, nil, "largest slope u", positional: true),
      ]),
    Entry(
      .activation, "threshold", "the identity above a threshold, a constant below",
      formula: #"\begin{cases}x & x>t\\ v & x\le t\end{cases}"#,
      derivative: #"\begin{cases}1 & x>t\\ 0 & x\le t\end{cases}"#, range: #"\{v\}\cup(t, \infty)"#,
      [
        .number("threshold", 0, nil, "the threshold t", positional: true),
        .number("value", 0, nil, "the value v below it", positional: true),
      ]),
    Entry(
      .activation, "srelu", "three straight pieces, their knots and slopes trained",
      formula:
        #"\begin{cases}t_l+a_l(x-t_l) & x\le t_l\\ x & t_l<x<t_r\\ t_r+a_r(x-t_r) & x\ge t_r\end{cases}"#,
      derivative: #"\begin{cases}a_l & x\le t_l\\ 1 & t_l<x<t_r\\ a_r & x\ge t_r\end{cases}"#,
      range: #"(-\infty, \infty)"#,
      [
        .number("tl", 0, nil, "left knot", positional: true),
        .number("al", 0.2, nil, "slope left of it", positional: true),
        .number("tr", 1, nil, "right knot", positional: true),
        .number("ar", 0.2, nil, "slope right of it", positional: true),
      ]),
    Entry(
      .activation, "apl", aliases: ["adaptive_piecewise_linear"],
      "a rectifier plus hinges, their heights and places trained",
      formula: #"\max(0,x)+\sum_s a_s\max(0, b_s-x)"#,
      derivative: #"[x>0]-\sum_s a_s[x<b_s]"#, range: #"(-\infty, \infty)"#,
      [
        .numbers("a", [0.2, -0.2], nil, "height of each hinge"),
        .numbers("b", [0.5, -0.5], nil, "place of each hinge"),
      ]),
    Entry(
      .activation, "plu", "the piecewise linear unit",
      formula: #"\max(\alpha(x+c)-c, \min(\alpha(x-c)+c, x))"#,
      derivative: #"\begin{cases}1 & |x|<c\\ \alpha & |x|\ge c\end{cases}"#,
      range: #"(-\infty, \infty)"#,
      [
        .number("alpha", 0.1, nil, "outer slope", positional: true),
        .number("c", 1, .above(0), "where the slope changes", positional: true),
      ]),
    Entry(
      .activation, "soft_shrink", aliases: ["softshrink"],
      "moves every input towards 0 by a fixed amount",
      formula: #"\operatorname{sign}(x)\max(|x|-\lambda, 0)"#,
      derivative: #"\begin{cases}1 & |x|>\lambda\\ 0 & |x|\le\lambda\end{cases}"#,
      range: #"(-\infty, \infty)"#,
      [.number("lambda", 0.5, .atLeast(0), "the amount", positional: true)]),
    Entry(
      .activation, "hard_shrink", aliases: ["hardshrink"], "drops inputs near 0",
      formula: #"\begin{cases}x & |x|>\lambda\\ 0 & |x|\le\lambda\end{cases}"#,
      derivative: #"\begin{cases}1 & |x|>\lambda\\ 0 & |x|\le\lambda\end{cases}"#,
      range: #"(-\infty, \infty)"#,
      [.number("lambda", 0.5, .atLeast(0), "what is dropped", positional: true)]),
    Entry(
      .activation, "tanhshrink", aliases: ["tanh_shrink"], "what the tangent takes away",
      formula: #"x-\tanh x"#, derivative: #"\tanh^2 x"#, range: #"(-\infty, \infty)"#),
    Entry(
      .activation, "absolute", aliases: ["abs"], "the absolute value", formula: "|x|",
      derivative: #"\operatorname{sign} x"#, range: #"[0, \infty)"#),
    Entry(
      .activation, "elu", "the exponential linear unit",
      formula: #"\begin{cases}x & x>0\\ \alpha(e^x-1) & x\le 0\end{cases}"#,
      derivative: #"\begin{cases}1 & x>0\\ \alpha e^x & x\le 0\end{cases}"#,
      range: #"(-\alpha, \infty)"#,
      [.number("alpha", 1, nil, "depth of the negative side", positional: true)]),
    Entry(
      .activation, "celu", "the exponential linear unit, smooth for every α",
      formula: #"\max(0,x)+\min\left(0, \alpha(e^{x/\alpha}-1)\right)"#,
      derivative: #"\begin{cases}1 & x>0\\ e^{x/\alpha} & x\le 0\end{cases}"#,
      range: #"(-\alpha, \infty)"#,
      [.number("alpha", 1, .above(0), "depth of the negative side", positional: true)]),
    Entry(
      .activation, "selu", "the exponential linear unit that keeps mean 0 and variance 1",
      formula: #"\lambda\begin{cases}x & x>0\\ \alpha(e^x-1) & x\le 0\end{cases}"#,
      derivative: #"\lambda\begin{cases}1 & x>0\\ \alpha e^x & x\le 0\end{cases}"#,
      range: #"(-\lambda\alpha, \infty)"#),
    Entry(
      .activation, "isrlu", "the inverse square root unit on the left, the identity on the right",
      formula: #"\begin{cases}x & x\ge 0\\ \frac{x}{\sqrt{1+\alpha x^2}} & x<0\end{cases}"#,
      derivative: #"\begin{cases}1 & x\ge 0\\ (1+\alpha x^2)^{-3/2} & x<0\end{cases}"#,
      range: #"(-\tfrac{1}{\sqrt\alpha}, \infty)"#,
      [.number("alpha", 1, .above(0), "how early the left side saturates", positional: true)]),
    Entry(
      .activation, "softplus", "the smooth rectifier",
      formula: #"\tfrac1\beta\ln(1+e^{\beta x})"#, derivative: #"\sigma(\beta x)"#,
      range: #"(0, \infty)"#,
      [
        .number("beta", 1, .above(0), "sharpness", positional: true),
        .number("threshold", 20, nil, "βx above which it is the identity", positional: true),
      ]),
    Entry(
      .activation, "squareplus", "a smooth rectifier without exponentials",
      formula: #"\tfrac12\left(x+\sqrt{x^2+b}\right)"#,
      derivative: #"\tfrac12\left(1+\frac{x}{\sqrt{x^2+b}}\right)"#, range: #"(0, \infty)"#,
      [.number("b", 4, .above(0), "roundness", positional: true)]),
    Entry(
      .activation, "log_sigmoid", aliases: ["logsigmoid"], "the logarithm of the logistic curve",
      formula: #"-\ln(1+e^{-x})"#, derivative: #"\sigma(-x)"#, range: #"(-\infty, 0)"#),
    Entry(
      .activation, "gelu", "the input times the normal distribution's share below it",
      formula: #"x\,\Phi(x)"#, derivative: #"\Phi(x)+x\varphi(x)"#, range: #"[-0.17, \infty)"#),
    Entry(
      .activation, "gelu_tanh", "gelu by its usual approximation",
      formula: #"\tfrac x2\left(1+\tanh\left(\sqrt{2/\pi}\,(x+0.044715x^3)\right)\right)"#,
      derivative:
        #"\tfrac12(1+T)+\tfrac x2(1-T^2)\sqrt{2/\pi}\,(1+0.134145x^2)"#,
      range: #"[-0.17, \infty)"#),
    Entry(
      .activation, "silu", aliases: ["swish1"], "the input times its own logistic curve",
      formula: #"x\,\sigma(x)"#, derivative: #"\sigma(x)+y(1-\sigma(x))"#,
      range: #"[-0.28, \infty)"#),
    Entry(
      .activation, "swish", "silu with a sharpness that is trained",
      formula: #"x\,\sigma(\beta x)"#,
      derivative: #"\sigma(\beta x)+\beta y(1-\sigma(\beta x))"#, range: #"(-\infty, \infty)"#,
      [
        .number("beta", 1, nil, "sharpness at the start", positional: true),
        .flag("trained", false, "the optimizer changes the sharpness"),
      ]),
    Entry(
      .activation, "hard_swish", aliases: ["hardswish", "hard_silu"],
      "silu in straight and square pieces",
      formula: #"x\,\frac{\min(6, \max(0, x+3))}{6}"#,
      derivative:
        #"\begin{cases}0 & x\le -3\\ \tfrac x3+\tfrac12 & -3<x<3\\ 1 & x\ge 3\end{cases}"#,
      range: #"[-\tfrac38, \infty)"#),
    Entry(
      .activation, "mish", "the input times the tangent of its softplus",
      formula: #"x\tanh\ln(1+e^x)"#, derivative: #"t+x(1-t^2)\sigma(x),\ t=\tanh\ln(1+e^x)"#,
      range: #"[-0.31, \infty)"#),
    Entry(
      .activation, "elish", "silu on the right, elu times the logistic curve on the left",
      formula: #"\begin{cases}x\,\sigma(x) & x\ge 0\\ (e^x-1)\,\sigma(x) & x<0\end{cases}"#,
      derivative:
        #"\begin{cases}\sigma(x)+y(1-\sigma(x)) & x\ge 0\\ e^x\sigma(x)+y(1-\sigma(x)) & x<0\end{cases}"#,
      range: #"[-0.18, \infty)"#),
    Entry(
      .activation, "tanh_exp", aliases: ["tanhexp"],
      "the input times the tangent of its exponential",
      formula: #"x\tanh e^x"#, derivative: #"\tanh e^x+xe^x\operatorname{sech}^2 e^x"#,
      range: #"[-0.36, \infty)"#),
    Entry(
      .activation, "serf", "the input times the error function of its softplus",
      formula: #"x\operatorname{erf}\ln(1+e^x)"#,
      derivative: #"\operatorname{erf}(s)+\tfrac{2}{\sqrt\pi}xe^{-s^2}\sigma(x),\ s=\ln(1+e^x)"#,
      range: #"[-0.35, \infty)"#),
    Entry(
      .activation, "lisht", "the input times its tangent", formula: #"x\tanh x"#,
      derivative: #"\tanh x+x(1-\tanh^2 x)"#, range: #"[0, \infty)"#),
    Entry(
      .activation, "soft_clipping", "a smooth cut at 0 and 1",
      formula: #"\tfrac1\alpha\ln\frac{1+e^{\alpha x}}{1+e^{\alpha(x-1)}}"#,
      derivative: #"\sigma(\alpha x)-\sigma(\alpha(x-1))"#, range: "(0, 1)",
      [.number("alpha", 10, .above(0), "sharpness of the corners", positional: true)]),
    Entry(
      .activation, "bent_identity", "a slightly bent line",
      formula: #"\tfrac12\left(\sqrt{x^2+1}-1\right)+x"#,
      derivative: #"\frac{x}{2\sqrt{x^2+1}}+1"#, range: #"(-\infty, \infty)"#),
    Entry(
      .activation, "soft_exponential",
      "from a logarithm over the line to an exponential, its α trained",
      formula:
        #"\begin{cases}-\tfrac1\alpha\ln(1-\alpha(x+\alpha)) & \alpha<0\\ x & \alpha=0\\ \tfrac1\alpha(e^{\alpha x}-1)+\alpha & \alpha>0\end{cases}"#,
      derivative:
        #"\begin{cases}\frac{1}{1-\alpha(x+\alpha)} & \alpha<0\\ e^{\alpha x} & \alpha\ge 0\end{cases}"#,
      range: #"(-\infty, \infty)"#,
      [.number("alpha", 0, nil, "α at the start", positional: true)]),
    Entry(
      .activation, "exponential", aliases: ["exp"], "the exponential", formula: "e^x",
      derivative: "y", range: #"(0, \infty)"#),
    Entry(
      .activation, "gaussian", "a bell", formula: #"e^{-x^2}"#, derivative: "-2xy",
      range: "(0, 1]"),
    Entry(
      .activation, "sq_rbf", "a bell of parabolas",
      formula:
        #"\begin{cases}1-\tfrac{x^2}{2} & |x|\le 1\\ \tfrac12(2-|x|)^2 & 1<|x|<2\\ 0 & |x|\ge 2\end{cases}"#,
      derivative:
        #"\begin{cases}-x & |x|\le 1\\ x-2\operatorname{sign}x & 1<|x|<2\\ 0 & |x|\ge 2\end{cases}"#,
      range: "[0, 1]"),
    Entry(
      .activation, "multiquadric", "a hyperbola over the origin", formula: #"\sqrt{x^2+a^2}"#,
      derivative: #"\frac{x}{\sqrt{x^2+a^2}}"#, range: #"[a, \infty)"#,
      [.number("a", 1, .above(0), "its height at 0", positional: true)]),
    Entry(
      .activation, "sinusoid", aliases: ["sin"], "the sine; with a frequency, a layer of SIREN",
      formula: #"\sin\omega x"#, derivative: #"\omega\cos\omega x"#, range: "[-1, 1]",
      [.number("omega", 1, .above(0), "frequency", positional: true)]),
    Entry(
      .activation, "sinc", "the cardinal sine",
      formula: #"\begin{cases}\frac{\sin x}{x} & x\ne 0\\ 1 & x=0\end{cases}"#,
      derivative: #"\frac{\cos x}{x}-\frac{\sin x}{x^2}"#, range: "[-0.22, 1]"),
    Entry(
      .activation, "sinc_normalized", "the cardinal sine with zeros at the whole numbers",
      formula: #"\frac{\sin\pi x}{\pi x}"#,
      derivative: #"\frac{\cos\pi x}{x}-\frac{\sin\pi x}{\pi x^2}"#, range: "[-0.22, 1]"),
    Entry(
      .activation, "gcu", "the growing cosine", formula: #"x\cos x"#,
      derivative: #"\cos x-x\sin x"#, range: #"(-\infty, \infty)"#),
    Entry(
      .activation, "snake", "the line with waves on it", formula: #"x+\tfrac1a\sin^2 ax"#,
      derivative: #"1+\sin 2ax"#, range: #"(-\infty, \infty)"#,
      [.number("a", 1, .above(0), "frequency of the waves", positional: true)]),
  ]

  /// Functions of a whole row.
  static let vectorActivations: [Entry] = [
    Entry(
      .activation, "softmax", "positive shares that add up to 1",
      formula: #"\frac{e^{x_i/T}}{\sum_j e^{x_j/T}}"#,
      derivative: #"y_i(\delta_{ij}-y_j)/T"#, range: "(0, 1)",
      [.number("temperature", 1, .above(0), "T: how even the shares are", positional: true)]),
    Entry(
      .activation, "log_softmax", "the logarithm of softmax",
      formula: #"x_i-\ln\sum_j e^{x_j}"#, derivative: #"\delta_{ij}-e^{y_j}"#,
      range: #"(-\infty, 0)"#),
    Entry(
      .activation, "softmin", "softmax of the negated inputs",
      formula: #"\frac{e^{-x_i}}{\sum_j e^{-x_j}}"#, derivative: #"-y_i(\delta_{ij}-y_j)"#,
      range: "(0, 1)"),
    Entry(
      .activation, "sparsemax", "shares that add up to 1, many of them exactly 0",
      formula: #"\arg\min_{p\in\Delta}\lVert p-x\rVert^2"#,
      derivative: #"\delta_{ij}-\tfrac{1}{|S|},\ i,j\in S"#, range: "[0, 1]"),
    Entry(
      .activation, "maxout", "the largest of each group of inputs",
      formula: #"\max_{j<k} x_{ki+j}"#, derivative: #"[j=\arg\max]"#, range: #"(-\infty, \infty)"#,
      [.integer("pieces", 2, 1...1024, "inputs in a group, k", positional: true)]),
    Entry(
      .activation, "glu", "the first half times the logistic curve of the second",
      formula: #"a\,\sigma(b)"#, derivative: #"(\sigma(b),\ a\sigma(b)(1-\sigma(b)))"#,
      range: #"(-\infty, \infty)"#),
    Entry(
      .activation, "reglu", "the first half times the rectified second", formula: #"a\max(0,b)"#,
      derivative: #"(\max(0,b),\ a[b>0])"#, range: #"(-\infty, \infty)"#),
    Entry(
      .activation, "geglu", "the first half times the gelu of the second",
      formula: #"a\operatorname{gelu}(b)"#,
      derivative: #"(\operatorname{gelu}(b),\ a\operatorname{gelu}'(b))"#,
      range: #"(-\infty, \infty)"#),
    Entry(
      .activation, "swiglu", "the first half times the silu of the second",
      formula: #"a\operatorname{silu}(b)"#,
      derivative: #"(\operatorname{silu}(b),\ a\operatorname{silu}'(b))"#,
      range: #"(-\infty, \infty)"#),
    Entry(
      .activation, "bilinear", aliases: ["bilinear_glu"], "the first half times the second",
      formula: "ab", derivative: "(b,\\ a)", range: #"(-\infty, \infty)"#),
    Entry(
      .activation, "crelu", "the rectified inputs, then the rectified negated inputs",
      formula: #"(\max(0,x),\ \max(0,-x))"#, derivative: #"([x>0],\ -[x<0])"#,
      range: #"[0, \infty)"#),
    Entry(
      .activation, "bipolar_relu", aliases: ["brelu_bipolar"],
      "the rectifier at even places, the negated one of the negated input at odd ones",
      formula: #"\begin{cases}\max(0,x_i) & i\text{ even}\\ \min(0,x_i) & i\text{ odd}\end{cases}"#,
      derivative: #"\begin{cases}[x_i>0] & i\text{ even}\\ [x_i<0] & i\text{ odd}\end{cases}"#,
      range: #"(-\infty, \infty)"#),
  ]
}

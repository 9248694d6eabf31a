window.sitegenPages = [
["articles/activations/index.html","What an activation function does to a network","Deep learning activation functions gradients","The sigmoid, and where it goes flat · tanh: the same curve, centred · A family with one slope · ReLU: half of it never saturates · One network, two activations","The sigmoid and why it saturates, its family, ReLU and its smooth cousin, and a network in which the choice decides whether anything is learned.",""],
["articles/index.html","Articles","","","Notes on neural networks, every figure computed.",""],
["guide/first-article/index.html","Your first article","","A folder with a note in it · A figure that is computed · A network that is trained · Numbers in the text · When something is wrong","From an empty folder to a page with a trained network on it, in five minutes.",""],
["guide/gallery/index.html","Gallery","","Lines · Bands · Boundaries · A fit · Distributions · Matrices and images · Points · Graphs · Networks · Tables","Every kind of figure that a block can show, computed on this page.",""],
["guide/index.html","Guide","","","How to write with sitegen.",""],
["guide/markdown/index.html","Markdown","","Formulas · Tables · Figures · Code · Attributes · Lists · Alerts · Footnotes and abbreviations · Text · HTML","Articles are written in Markdown: CommonMark with what GitHub and kramdown add, so that notes written for Jekyll build as they stand. This page shows each construct beside its source.",""],
["guide/nn-blocks/index.html","The nn block language","","A first block · Terms · Networks · Verbs · plot · train · signal · check · graph · trace · diagram · list · dataset · One block, many runs · Claims · Numbers in prose · Options · What is promised","Every verb and option of the nn block, each beside what it gives.",""],
["guide/site/index.html","How a site is laid out","","Folders · Configuration · Front matter · Templates · Building","Folders, configuration, front matter, addresses and templates.",""],
["index.html","sitegen","","What that is good for · Where to go on","Notes on neural networks whose curves, tables and numbers are computed while the site is built.",""]
];

// Values under the pointer, series on and off, sliders over frames. Without it all is there too.
(() => {
	"use strict";
	const zh = /^zh/i.test(document.documentElement.lang);
	const say = (en, cn) => (zh ? cn : en);
	const make = (name, attributes, parent) => {
		const element = document.createElement(name);
		for (const key in attributes) element.setAttribute(key, attributes[key]);
		if (parent) parent.append(element);
		return element;
	};
	const all = (element, selector) => [...element.querySelectorAll(selector)];
	const clamp = (v, low, high) => Math.max(low, Math.min(high, v));

	// ---- State in the address: #moons.frame=3&loss.off=0,2 ----
	const state = new Map();
	const read = () => {
		state.clear();
		for (const pair of location.hash.slice(1).split("&")) {
			const match = /^([^=]+\.(?:frame|off))=([\d,]*)$/.exec(decodeURIComponent(pair));
			if (match) state.set(match[1], match[2]);
		}
	};
	const keep = (key, value) => {
		if (value === "") state.delete(key);
		else state.set(key, value);
		const hash = [...state].map(([k, v]) => encodeURIComponent(k) + "=" + v).join("&");
		try {
			history.replaceState(history.state, "", hash ? "#" + hash : location.pathname + location.search);
		} catch {
			// Forbidden to some pages from the disc; then the state lives as long as the page.
		}
	};
	const restorers = [];

	// ---- Numbers as the tables write them ----
	const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
	const number = (text) => {
		const plain = text.trim().replace(/−/g, "-").replace(/∞/, "Infinity")
			.replace(/×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/, (_, power) =>
				"e" + [...power].map((c) => (c === "⁻" ? "-" : raised.indexOf(c))).join(""));
		return plain === "" ? NaN : Number(plain);
	};

	/** A scale as the drawing describes it: "log,0.001,1". */
	const scale = (text) => {
		const [kind, low, high] = text.split(",");
		const threshold = Number(kind.split(":")[1]);
		const transform = kind === "log" ? Math.log10
			: kind === "linear" ? (v) => v
				: (v) => Math.abs(v) <= threshold ? v / threshold
					: Math.sign(v) * (1 + Math.log10(Math.abs(v) / threshold));
		const [a, b] = [transform(Number(low)), transform(Number(high))];
		return (v) => (transform(v) - a) / (b - a);
	};

	// ---- Crosshair ----
	const readable = (panel) => {
		const data = panel.dataset;
		const table = document.getElementById(data.table || "");
		const kind = data.kind;
		if (!table || !(kind === "line" || kind === "cells" || data.along)) return;
		const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
		const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].map((c) => c.textContent));
		if (!rows.length) return;

		let xs, y, columns, toX;
		if (kind === "line") {
			toX = scale(data.x);
			y = scale(data.y);
			xs = rows.map((row) => toX(number(row[0])));
			// A band adds two columns behind that of its line.
			columns = [];
			let column = 1;
			for (const width of data.columns.split(",")) {
				columns.push(column);
				column += Number(width);
			}
		}
		const counts = kind === "cells" ? heads.length - 1 : 1;
		const last = rows.length * counts - 1;

		const area = make("div", {
			class: "reader", tabindex: 0, role: "slider", "aria-valuemin": 0, "aria-valuemax": last,
			"aria-label": say("Values: ", "数值：")
				+ (panel.querySelector("title") || { textContent: "" }).textContent,
		}, panel);
		const rule = make("div", { class: "rule-line", hidden: "" }, area);
		const tip = make("div", { class: "tip-box", hidden: "", "aria-hidden": "true" }, panel);
		const dots = (columns || []).map(() => make("i", { class: "tip-dot", hidden: "" }, area));

		const fit = () => {
			const svg = all(panel, "svg.chart").find((one) => one.getClientRects().length);
			const plot = svg && svg.querySelector(".plot, .rim");
			if (!plot) return;
			const [inner, outer] = [plot.getBoundingClientRect(), panel.getBoundingClientRect()];
			Object.assign(area.style, {
				left: inner.left - outer.left + "px", top: inner.top - outer.top + "px",
				width: inner.width + "px", height: inner.height + "px",
			});
		};
		fit();
		new ResizeObserver(fit).observe(panel);

		const colour = (index) => {
			const group = panel.querySelector(`g.s[data-s="${index}"]:not([data-off])`);
			return group && getComputedStyle(group).getPropertyValue("--c");
		};
		let current = -1;
		const hide = () => {
			current = -1;
			rule.hidden = tip.hidden = true;
			for (const dot of dots) dot.hidden = true;
		};
		const show = (index) => {
			current = clamp(index, 0, last);
			const row = rows[Math.floor(current / counts)];
			const [width, height] = [area.clientWidth, area.clientHeight];
			tip.textContent = "";
			const words = [];
			const line = (name, value, paint) => {
				if (value === "") return;
				const entry = make("div", {}, tip);
				if (paint) make("i", { style: "background:" + paint }, entry);
				make("span", {}, entry).textContent = name;
				make("b", {}, entry).textContent = value;
				words.push(name + " " + value);
			};
			let left, top = 0;
			if (kind === "line") {
				left = xs[current] * width;
				line(heads[0], row[0]);
				columns.forEach((column, series) => {
					const paint = colour(series);
					dots[series].hidden = true;
					if (paint === null) return;
					line(heads[column], row[column], paint);
					const place = y(number(row[column]));
					if (!(place >= -0.01 && place <= 1.01)) return;
					dots[series].hidden = false;
					Object.assign(dots[series].style, {
						left: left + "px", top: (1 - place) * height + "px", background: paint,
					});
				});
				rule.hidden = false;
				rule.style.left = left + "px";
			} else if (kind === "cells") {
				const column = current % counts;
				left = ((column + 0.5) / counts) * width;
				top = ((Math.floor(current / counts) + 0.5) / rows.length) * height;
				line(heads[0] + " " + row[0] + ", " + heads[column + 1], row[column + 1]);
			} else {
				const share = (current + 0.5) / rows.length;
				const lying = data.along === "y";
				left = lying ? width / 2 : share * width;
				top = lying ? share * height : 0;
				row.forEach((value, column) => line(heads[column], value));
			}
			area.setAttribute("aria-valuenow", current);
			area.setAttribute("aria-valuetext", words.join(", "));
			tip.hidden = false;
			// Beside the place, on the side with more room, inside the panel.
			const at = area.offsetLeft + left;
			const flip = at > panel.clientWidth / 2;
			tip.style.left = clamp(flip ? at - tip.offsetWidth - 10 : at + 10, 0,
				panel.clientWidth - tip.offsetWidth) + "px";
			tip.style.top = area.offsetTop + clamp(top, 0, height - tip.offsetHeight) + "px";
		};
		const nearest = (event) => {
			const box = area.getBoundingClientRect();
			const px = (event.clientX - box.left) / box.width;
			const py = (event.clientY - box.top) / box.height;
			if (kind === "cells") {
				const cell = (v, n) => clamp(Math.floor(v * n), 0, n - 1);
				return cell(py, rows.length) * counts + cell(px, counts);
			}
			if (kind === "bars") return Math.floor((data.along === "y" ? py : px) * rows.length);
			let best = 0;
			xs.forEach((x, index) => { if (Math.abs(x - px) < Math.abs(xs[best] - px)) best = index; });
			return best;
		};
		area.onpointermove = area.onpointerdown = (event) => show(nearest(event));
		area.onpointerleave = (event) => {
			if (event.pointerType === "mouse" && document.activeElement !== area) hide();
		};
		area.onfocus = () => { if (current < 0) show(0); };
		area.onblur = hide;
		area.onkeydown = (event) => {
			const key = event.key;
			const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -counts, ArrowDown: counts,
				PageUp: -10 * counts, PageDown: 10 * counts, Home: -last, End: last }[key];
			if (step) show(current + step);
			else if (key === "Escape") hide();
			else return;
			event.preventDefault();
		};
	};

	// ---- Series on and off ----
	const switchable = (figure) => {
		const legends = all(figure, ".legend");
		const off = new Set();
		// A legend of its own switches its panel; a shared one, and one of frames, all of them.
		const panels = all(figure, ".panel");
		const scopeOf = (legend) => {
			const panel = legend.closest(".panel");
			return panel && !figure.querySelector(".frames") ? [panel] : panels;
		};
		const keyOf = (legend, item) => String(
			scopeOf(legend).length > 1 || panels.length === 1
				? item.dataset.s : 100 * legends.indexOf(legend) + Number(item.dataset.s));
		const groups = (legend, item) => scopeOf(legend)
			.flatMap((panel) => all(panel, `g.s[data-s="${item.dataset.s}"]`));
		const apply = () => {
			for (const legend of legends) {
				for (const item of legend.children) {
					const isOff = off.has(keyOf(legend, item));
					const button = item.querySelector("button");
					if (button) button.setAttribute("aria-pressed", String(!isOff));
					for (const group of groups(legend, item)) group.toggleAttribute("data-off", isOff);
				}
			}
		};
		const toggle = (key) => {
			if (!off.delete(key)) off.add(key);
			keep(figure.id + ".off", [...off].join());
			apply();
		};
		for (const legend of legends) {
			for (const item of legend.children) {
				if (!groups(legend, item).length) continue;
				const button = make("button", { type: "button", "aria-pressed": "true" });
				button.append(...item.childNodes);
				item.append(button);
				button.onclick = () => toggle(keyOf(legend, item));
			}
		}
		for (const name of all(figure, ".names .s")) name.onclick = () => toggle(name.dataset.s);
		restorers.push(() => {
			off.clear();
			for (const key of (state.get(figure.id + ".off") || "").split(",")) if (key) off.add(key);
			apply();
		});
	};

	// ---- Frames ----
	const turnable = (figure) => {
		const holder = figure.querySelector(".frames");
		if (!holder) return;
		const frames = all(holder, ":scope > .frame");
		if (frames.length < 2) return;
		holder.classList.add("one");
		const bar = make("div", { class: "turner" });
		holder.before(bar);
		const name = holder.dataset.name;
		let play;
		if (!matchMedia("(prefers-reduced-motion: reduce)").matches) play = make("button", { type: "button", class: "play" }, bar);
		const input = make("input", {
			type: "range", min: 0, max: frames.length - 1, step: 1, value: 0, "aria-label": name,
		}, bar);
		const output = make("output", {}, bar);
		let timer = 0;
		const show = (index) => {
			index = clamp(index, 0, frames.length - 1);
			frames.forEach((frame, at) => { frame.hidden = at !== index; });
			const text = name + " " + frames[index].dataset.label;
			input.value = index;
			input.setAttribute("aria-valuetext", text);
			output.textContent = text;
		};
		const stop = () => {
			clearInterval(timer);
			timer = 0;
			if (!play) return;
			play.textContent = "▶";
			play.setAttribute("aria-label", say("Play", "播放"));
		};
		const save = () => keep(figure.id + ".frame", input.value === "0" ? "" : input.value);
		input.oninput = () => {
			stop();
			show(Number(input.value));
			save();
		};
		if (play) {
			play.onclick = () => {
				if (timer) return stop();
				if (Number(input.value) === frames.length - 1) show(0);
				play.textContent = "❚❚";
				play.setAttribute("aria-label", say("Pause", "暂停"));
				timer = setInterval(() => {
					show(Number(input.value) + 1);
					if (Number(input.value) === frames.length - 1) {
						stop();
						save();
					}
				}, 700);
			};
		}
		stop();
		restorers.push(() => {
			stop();
			show(Number(state.get(figure.id + ".frame") || 0));
		});
	};

	read();
	for (const figure of all(document, "figure.figure")) {
		figure.classList.add("live");
		turnable(figure);
		switchable(figure);
		all(figure, ".panel").forEach(readable);
	}
	const restore = () => restorers.forEach((restorer) => restorer());
	restore();
	addEventListener("hashchange", () => {
		if (location.hash && !/[=]/.test(location.hash)) return; // an ordinary anchor
		read();
		restore();
	});
})();

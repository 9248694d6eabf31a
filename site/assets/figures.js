// Values under the pointer, toggling of series, sliders for frames. All content is there without
// it.
(() => {
	const set = (element, values) => {
		for (const key in values) element.setAttribute(key, values[key]);
		return element;
	};
	const make = (name, values, parent, text = "") => {
		const element = set(document.createElement(name), values);
		element.textContent = text;
		parent.append(element);
		return element;
	};
	const all = (element, selector) => [...element.querySelectorAll(selector)];
	const clamp = (v, low, high) => Math.max(low, Math.min(high, v));
	const numbers = (text) => ((text || "").match(/-?\d+/g) || []).map(Number);
	const isOff = (group) => group?.hasAttribute("data-off");

	// State in the URL's fragment: #moons.frame=3&loss.off=0.2
	let state;
	const restorers = [];
	const restore = () => {
		state = new URLSearchParams(location.hash.slice(1));
		restorers.forEach((restorer) => restorer());
	};
	const keep = (key, value) => {
		state.set(key, value);
		for (const [name, text] of [...state]) if (!text) state.delete(name);
		try {
			history.replaceState(null, "", "#" + state);
		} catch {} // Some pages may not.
	};

	/** Converts a fraction of an axis such as "log,-3,0" to its number, to a pixel's precision. */
	const scale = (text) => {
		const [kind, low, high] = text.split(",");
		const step = 10 ** Math.floor(Math.log10((high - low) / 500));
		return (share) => {
			const u = low * (1 - share) + high * share;
			const size = Math.abs(u);
			const value = kind === "linear" ? (step ? Math.round(u / step) * step : u)
				: kind === "log" ? 10 ** u
					: kind.slice(7) * (size > 1 ? Math.sign(u) * 10 ** (size - 1) : u);
			return String(Number(value.toPrecision(kind === "linear" ? 6 : 3))).replace("-", "−")
				.replace(/e\+?(-?)(\d+)/, (_, sign, digits) => "×10" + sign.replace("-", "⁻")
					+ [...digits].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]).join(""));
		};
	};

	/** The corners of a path as fractions of the plot; `begins` marks the first of a run or point. */
	const corners = (path) => {
		const box = path.closest("svg").viewBox.baseVal;
		const stretch = path.transform.baseVal.length ? path.transform.baseVal[0].matrix.d : 1;
		const found = [];
		let [x, y, start, before] = [0, 0];
		for (const [, kind, text] of path.getAttribute("d").matchAll(/([mlhvz])([^a-z]*)/g)) {
			const n = numbers(text);
			if (kind === "m") start = [x + n[0], y + n[1]];
			if (kind === "z") [x, y] = start;
			while (n.length) {
				if (kind !== "v") x += n.shift();
				if (kind !== "h") y += n.shift();
				found.push({ x: x / box.width, y: y * stretch / box.height, begins: kind === "m" && before !== "m" });
				before = kind;
			}
			before = kind;
		}
		return found;
	};

	// For each kind of panel: the number of positions, the place of each, and its entries
	// [name, value, series, height].
	const readers = {
		rows: ({ at, along, heads, rows }) => [rows.length,
			(i) => (along === "y" ? [, at[i]] : [at[i]]),
			(i) => rows[i].map((value, column) => [heads[column], value])],
		line: ({ at, columns, count, x, xname, y, names, rows, panel }) => {
			const own = columns && numbers(columns);
			const paths = all(panel, "g.s[data-s] path.line");
			const place = (i) => at[i] ?? (i / (count - 1) || 0);
			return [count, (i) => [place(i)], (i) => {
				const p = place(i);
				return [[xname, own ? rows[i][0] : x(p)], ...paths.map((path) => {
					const group = path.closest("g");
					const { s } = group.dataset;
					path.corners ||= corners(path);
					// All corners within the pixel, or else the line's crossing with it.
					const here = path.corners.filter((c) => Math.abs(c.x - p) < 0.0008).map((c) => c.y);
					if (!here.length) path.corners.forEach((b, k) => {
						const a = path.corners[k - 1];
						if (!b.begins && (a.x - p) * (b.x - p) < 0)
							here.push(a.y + (p - a.x) / (b.x - a.x) * (b.y - a.y));
					});
					const ends = [Math.max(...here), Math.min(...here)];
					const text = here.length ? [...new Set(ends.map((v) => y(1 - v)))].join(" … ") : "";
					return [names[s], own ? rows[i][own[s]] : text, group, (ends[0] + ends[1]) / 2];
				})];
			}];
		},
		points: ({ x, xname, y, yname, names, panel }) => {
			const points = all(panel, "g.s[data-s]").flatMap((group) =>
				corners(group.querySelector("path")).filter((c) => c.begins).map((c) => ({ ...c, group })));
			points.sort((a, b) => a.x - b.x);
			return [points.length, (i) => [points[i].x, points[i].y, points[i].group], (i) => {
				const { x: px, y: py, group } = points[i];
				return [[names[group.dataset.s], "", group], [xname, x(px)], [yname, y(1 - py)]];
			}];
		},
		cells: ({ grid, cells, shares, x, xname, y, yname, v, names, heads, rows }) => {
			const [across, down] = grid ? numbers(grid) : [heads.length - 1, rows.length];
			const levels = Math.floor(4095 / names.length);
			const told = (code) => code === 4095 ? ["", "NaN"] : v ? [names[0], v(code / 4094)]
				: [names[Math.floor(code / levels)],
					shares ? Math.round(code % levels / (levels - 1) * 100) + "%" : ""];
			const place = (i) => [(i % across + 0.5) / across, (Math.floor(i / across) + 0.5) / down];
			return [across * down, place, (i) => {
				const [column, row] = [i % across, Math.floor(i / across)];
				if (!grid) return [[heads[0], rows[row][0]], [heads[column + 1], rows[row][column + 1]]];
				const [high, low] = [0, 1].map((k) => cells.charCodeAt(2 * i + k) - 63);
				const [px, py] = place(i);
				return [[xname, x ? x(px) : column], [yname, y ? y(1 - py) : row], told(high * 64 + low)];
			}, across];
		},
	};

	const readable = (panel) => {
		const data = { ...panel.dataset, panel, heads: [], rows: [] };
		for (const axis of ["x", "y", "v"]) if (data[axis]) data[axis] = scale(data[axis]);
		data.names = (data.names || "").split("|");
		data.at = numbers(data.at).map((n) => n / 1000);
		const table = document.getElementById(data.table);
		if (table) [data.heads, ...data.rows] = all(table, "tr").map((row) =>
			[...row.cells].map((cell) => cell.textContent));
		const [count, place, tell, across = 1] = readers[data.kind](data);
		const area = make("div", {
			class: "reader", tabindex: 0, role: "slider", "aria-label": data.label,
			"aria-valuemax": count - 1,
		}, panel);
		const tip = make("div", { class: "tip-box", hidden: "", "aria-hidden": "true" }, panel);
		new ResizeObserver(() => {
			const outer = panel.getBoundingClientRect();
			const { left, top, width, height } = all(panel, ".plot, .chart > .rim")
				.map((plot) => plot.getBoundingClientRect()).find((box) => box.width) || outer;
			area.style.cssText = `left:${left - outer.left}px;top:${top - outer.top}px;width:${width}px;height:${height}px`;
		}).observe(panel);
		let current = -1;
		const hide = () => {
			current = -1;
			area.textContent = tip.textContent = "";
			tip.hidden = true;
		};
		const show = (index) => {
			hide();
			current = clamp(index, 0, count - 1);
			const [x, y] = place(current);
			if (x >= 0) make("div", { class: "rule-line", style: `left:${x * 100}%` }, area);
			if (y >= 0) make("div", { class: "rule-line across", style: `top:${y * 100}%` }, area);
			const words = [];
			for (const [name, value, group, height] of tell(current)) {
				if (isOff(group) || !(value || group || data.cells)) continue;
				const paint = group && "background:" + getComputedStyle(group).getPropertyValue("--c");
				const entry = make("div", {}, tip);
				if (paint) make("i", { style: paint }, entry);
				make("span", {}, entry, name);
				make("b", {}, entry, value);
				words.push(name + " " + value);
				if (Math.abs(height - 0.5) < 0.51)
					make("i", { class: "tip-dot", style: `left:${x * 100}%;top:${height * 100}%;${paint}` }, area);
			}
			set(area, { "aria-valuenow": current, "aria-valuetext": words.join(", ") });
			tip.hidden = false;
			// On the side with more space, inside the panel.
			const at = area.offsetLeft + (x ?? 0.5) * area.clientWidth;
			const left = at > panel.clientWidth / 2 ? at - tip.offsetWidth - 10 : at + 10;
			tip.style.left = clamp(left, 0, panel.clientWidth - tip.offsetWidth) + "px";
			tip.style.top = area.offsetTop
				+ clamp((y || 0) * area.clientHeight, 0, area.clientHeight - tip.offsetHeight) + "px";
		};
		area.onpointermove = area.onpointerdown = (event) => {
			const box = area.getBoundingClientRect();
			let [best, least] = [0, Infinity];
			for (let i = 0; i < count; i++) {
				const [x, y, group] = place(i);
				const away = Math.hypot(x * box.width + box.left - event.clientX || 0,
					y * box.height + box.top - event.clientY || 0);
				if (away < least && !isOff(group)) [best, least] = [i, away];
			}
			show(best);
		};
		area.onpointerleave = (event) => {
			if (event.pointerType === "mouse" && !area.matches(":focus")) hide();
		};
		area.onfocus = () => { if (current < 0) show(0); };
		area.onblur = hide;
		area.onkeydown = (event) => {
			const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across,
				PageUp: -10 * across, PageDown: 10 * across, Home: -count, End: count }[event.key];
			if (event.key === "Escape") hide();
			if (!step) return;
			show(current + step);
			event.preventDefault();
		};
	};

	const switchable = (figure) => {
		const off = new Set();
		const panels = all(figure, ".panel");
		const items = all(figure, ".legend li, .names .s").map((item) => {
			// A panel's own legend toggles series of that panel, a shared legend those of all panels.
			const panel = figure.querySelector(".frames") ? null : item.closest(".panel");
			const groups = all(panel || figure, `g.s[data-s="${item.dataset.s}"]`);
			const key = (panel ? 100 * panels.indexOf(panel) : 0) + +item.dataset.s;
			const texts = [...item.childNodes];
			const button = item.matches("li") && groups.length ? make("button", {}, item) : item;
			if (button !== item) button.append(...texts);
			button.onclick = () => {
				if (!off.delete(key)) off.add(key);
				keep(figure.id + ".off", [...off].join("."));
				apply();
			};
			return [button, groups, key];
		});
		const apply = () => {
			for (const [button, groups, key] of items) {
				if (button.type) set(button, { "aria-pressed": !off.has(key) });
				groups.forEach((group) => group.toggleAttribute("data-off", off.has(key)));
			}
		};
		restorers.push(() => {
			off.clear();
			numbers(state.get(figure.id + ".off")).forEach((key) => off.add(key));
			apply();
		});
	};

	const turnable = (figure) => {
		const frames = all(figure, ".frame");
		const end = frames.length - 1;
		if (end < 1) return;
		const holder = frames[0].parentNode;
		const { name, play: verb } = holder.dataset;
		holder.classList.add("one");
		const bar = make("div", { class: "turner" }, figure);
		holder.before(bar);
		const play = make("button", { "aria-label": verb }, bar);
		const input = make("input", { type: "range", max: end, "aria-label": name }, bar);
		const output = make("output", {}, bar);
		let timer;
		const show = (index) => {
			input.value = index;
			frames.forEach((frame, at) => { frame.hidden = at != input.value; });
			output.textContent = name + " " + frames[input.value].dataset.label;
			set(input, { "aria-valuetext": output.textContent });
		};
		const stop = () => {
			timer = clearInterval(timer);
			set(play, { "aria-pressed": false });
		};
		const settle = () => {
			stop();
			show(input.value);
			keep(figure.id + ".frame", +input.value || "");
		};
		input.oninput = settle;
		play.onclick = () => {
			if (timer) return settle();
			if (input.value == end) show(0);
			set(play, { "aria-pressed": true });
			timer = setInterval(() => {
				show(+input.value + 1);
				if (input.value == end) settle();
			}, 700);
		};
		restorers.push(() => {
			stop();
			show(state.get(figure.id + ".frame") || 0);
		});
	};

	for (const figure of all(document, "figure.figure")) {
		figure.classList.add("live");
		turnable(figure);
		switchable(figure);
		all(figure, ".panel[data-kind]").forEach(readable);
	}
	restore();
	addEventListener("hashchange", () => {
		if (!/^#[^=]+$/.test(location.hash)) restore();
	});
})();

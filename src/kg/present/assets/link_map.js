"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const make = (tag, text, className) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const nodeById = new Map(data.nodes.map((node) => [node.id, node]));
  const narrow = () => matchMedia("(max-width: 640px)").matches;
  // The picture is wider than high; on an upright screen it lies on its side.
  if (narrow()) for (const node of data.nodes) [node.x, node.y] = [node.y, node.x];
  const nodes = new vis.DataSet(data.nodes.map(forDrawing));
  const edges = new vis.DataSet(data.edges.map(forDrawing));
  const network = new vis.Network($("map"), { nodes, edges }, data.options);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const moving = still ? false : { duration: 350, easingFunction: "easeInOutQuad" };
  if (narrow()) $("legend").open = false;
  network.once("afterDrawing", () => document.body.setAttribute("data-drawn", ""));

  function forDrawing(item) {
    const { evidence, bodies, kind, roles, stated, first, last, name, address, ...drawn } = item;
    return drawn;
  }

  // --- filters -----------------------------------------------------------------------------------------------------
  const kindBoxes = Object.entries(data.looks).map(([kind, look]) => {
    const label = make("label"), box = make("input");
    box.type = "checkbox"; box.checked = true; box.value = kind;
    label.append(box, " " + look.label);
    if (data.nodes.some((node) => node.kind === kind)) $("kinds").append(label);
    return box;
  });
  option($("role"), [...new Set(data.edges.flatMap((edge) => edge.roles))].map((role) => [role, data.roles[role] || role]));
  option($("body"), [...new Set(data.nodes.flatMap((node) => node.bodies))].filter((id) => nodeById.has(id)).map((id) => [id, nodeById.get(id).name]));
  function option(select, pairs) {
    pairs.sort((a, b) => a[1].localeCompare(b[1])).forEach(([value, text]) => {
      const element = make("option", text); element.value = value; select.append(element);
    });
  }
  const years = data.edges.flatMap((edge) => [edge.first, edge.last]).filter(Boolean).map((day) => Number(day.slice(0, 4)));
  if (years.length) for (const id of ["from", "to"]) {
    $(id).min = Math.min(...years); $(id).max = Math.max(...years);
    $(id).placeholder = id === "from" ? $(id).min : $(id).max;
  }

  function edgePasses(edge) {
    if (!(edge.stated ? $("stated") : $("inferred")).checked) return false;
    if ($("role").value && !edge.roles.includes($("role").value) && edge.kind !== "defendant") return false;
    const from = $("from").value, to = $("to").value;
    if (from || to) {
      if (!edge.first && !edge.last) return $("undated").checked;
      if (from && (edge.last || edge.first).slice(0, 4) < from) return false;
      if (to && (edge.first || edge.last).slice(0, 4) > to) return false;
    } else if (!$("undated").checked && !edge.first && !edge.last) return false;
    return true;
  }
  function nodePasses(node) {
    if (!kindBoxes.find((box) => box.value === node.kind).checked) return false;
    const body = $("body").value;
    return !body || node.id === body || node.bodies.includes(body) || node.kind === "person" || node.kind === "lawyer";
  }
  function applyFilters() {
    const allowed = new Set(data.nodes.filter(nodePasses).map((node) => node.id));
    const role = $("role").value;
    let shown = data.edges.filter((edge) => allowed.has(edge.from) && allowed.has(edge.to) && edgePasses(edge));
    if (role || $("body").value) {
      // A person stays only in a case that is still reached by somebody with the chosen role or body.
      const reached = new Set(shown.filter((edge) => edge.kind !== "defendant" && edge.kind !== "defended").flatMap((edge) => [edge.from, edge.to]));
      shown = shown.filter((edge) => edge.kind !== "defendant" || reached.has(edge.from));
    }
    const filtered = shown.length < data.edges.length || allowed.size < data.nodes.length;
    const linked = new Set(shown.flatMap((edge) => [edge.from, edge.to]));
    const shownIds = new Set(shown.map((edge) => edge.id));
    nodes.update(data.nodes.map((node) => ({ id: node.id, hidden: filtered && !linked.has(node.id) })));
    edges.update(data.edges.map((edge) => ({ id: edge.id, hidden: !shownIds.has(edge.id) })));
    $("status").textContent = filtered ? `${linked.size} of ${data.nodes.length} nodes, ${shown.length} of ${data.edges.length} links` : "";
    drawTable(shown);
    if (filtered && linked.size) network.fit({ nodes: [...linked], animation: moving });
  }
  $("filters").addEventListener("change", applyFilters);
  $("reset").addEventListener("click", () => {
    kindBoxes.forEach((box) => { box.checked = true; });
    for (const id of ["role", "body", "from", "to"]) $(id).value = "";
    for (const id of ["undated", "stated", "inferred"]) $(id).checked = true;
    applyFilters(); fitAll();
  });
  $("toggle-filters").addEventListener("click", (event) => {
    const open = $("filters").hidden;
    $("filters").hidden = !open; event.target.setAttribute("aria-expanded", String(open));
    network.redraw();
  });

  // --- table: the same links as text ---------------------------------------------------------------------------------
  function drawTable(shown) {
    const table = make("table"), head = make("tr");
    for (const text of ["Who", "Role", "Whom or what", "When", "Passages"]) head.append(make("th", text));
    const body = make("tbody");
    for (const edge of shown) {
      const row = make("tr"), link = make("td"), button = make("button", `${edge.evidence.length}${edge.stated ? "" : " (inferred)"}`);
      button.addEventListener("click", () => showEdge(edge));
      button.setAttribute("aria-label", `${edge.evidence.length} passages for this link`);
      link.append(button);
      row.append(make("td", nodeById.get(edge.from).name), make("td", roleNames(edge)), make("td", nodeById.get(edge.to).name), make("td", when(edge)), link);
      body.append(row);
    }
    const top = make("thead"); top.append(head); table.append(top, body);
    $("table").replaceChildren(table);
  }
  $("toggle-table").addEventListener("click", (event) => {
    const open = $("table").hidden;
    $("table").hidden = !open; event.target.setAttribute("aria-pressed", String(open));
    for (const id of ["legend", "zoom"]) $(id).style.display = open ? "none" : "";
  });

  // --- side panel --------------------------------------------------------------------------------------------------
  const roleNames = (edge) => edge.roles.map((role) => data.roles[role] || role).join(", ");
  const when = (edge) => (edge.first === edge.last || !edge.last ? edge.first : `${edge.first || "…"} – ${edge.last}`);
  const other = (edge, id) => nodeById.get(edge.from === id ? edge.to : edge.from);

  function showEdge(edge) {
    const detail = [make("h2", `${nodeById.get(edge.from).name} – ${nodeById.get(edge.to).name}`)];
    const sub = make("p", undefined, "sub");
    sub.append(make("span", edge.stated ? "stated" : "inferred", edge.stated ? "badge" : "badge inferred"), `${roleNames(edge)}${when(edge) ? ", " + when(edge) : ""}`);
    detail.push(sub);
    if (!edge.stated) detail.push(make("p", "No single passage says this: it follows from the passages below together.", "sub"));
    detail.push(...passagesOf(edge.evidence));
    open(detail);
    emphasise([edge]);
  }
  function showNode(node) {
    const detail = [make("h2", node.name), make("p", `${data.looks[node.kind].label} · ${node.address}`, "sub")];
    const mine = data.edges.filter((edge) => edge.from === node.id || edge.to === node.id);
    detail.push(make("h3", `${mine.length} link${mine.length === 1 ? "" : "s"}`));
    const list = make("ul", undefined, "links");
    for (const edge of mine) {
      const item = make("li"), button = make("button", other(edge, node.id).name);
      button.addEventListener("click", () => { network.selectEdges([edge.id]); showEdge(edge); });
      item.append(button, ` ${roleNames(edge)}${when(edge) ? ", " + when(edge) : ""}${edge.stated ? "" : " (inferred)"}`);
      list.append(item);
    }
    detail.push(list, make("h3", "What the sources say"), ...passagesOf(mine.flatMap((edge) => edge.evidence)));
    open(detail);
    emphasise(around(node));
  }
  function passagesOf(evidence) {
    const grouped = new Map();
    for (const [event, role, passage] of evidence) {
      if (!grouped.has(passage)) grouped.set(passage, new Map());
      grouped.get(passage).set(event + " " + role, [event, role]);
    }
    return [...grouped].map(([number, acts]) => passageElement(data.passages[number], [...acts.values()]));
  }
  function passageElement(passage, acts) {
    const box = make("div", undefined, "passage"), told = make("p"), told_ = new Set();
    for (const [id, role] of acts) {
      const event = data.events[id], text = `${data.roles[role] || role}${event ? ": " + event.label : ""}`;
      if (told_.has(text)) continue;
      told_.add(text);
      const modality = event && event.modality[passage.iri];
      if (modality && modality !== "reported") told.append(make("span", modality, "badge alleged"));
      told.append(make("strong", text), document.createElement("br"));
    }
    box.append(told, make("p", passage.summary));
    if (passage.quote) box.append(make("q", passage.quote));
    const cite = make("p", undefined, "cite");
    cite.append(`${passage.publisher}, `);
    if (/^https?:\/\//.test(passage.url)) {
      const link = make("a", passage.title);
      link.href = passage.url; link.rel = "noopener noreferrer"; link.target = "_blank";
      cite.append(link);
    } else cite.append(passage.title);
    cite.append(`, ${passage.published || "undated"}${passage.locator ? ", " + passage.locator : ""}`);
    box.append(cite);
    return box;
  }
  // What is not next to the chosen link or node steps back, so that names can be read; with a case come its people.
  function emphasise(links) {
    const near = new Set(links.flatMap((edge) => [edge.from, edge.to]));
    const kept = new Set(links.map((edge) => edge.id));
    const faint = "rgba(0,0,0,0)";
    nodes.update(data.nodes.map((node) => {
      const shown = !links.length || near.has(node.id);
      return { id: node.id, opacity: shown ? 1 : 0.15, font: { ...node.font, color: shown ? "#1b1f24" : faint, strokeColor: shown ? "#ffffff" : faint } };
    }));
    edges.update(data.edges.map((edge) => ({ id: edge.id, color: { color: edge.color, opacity: !links.length || kept.has(edge.id) ? 1 : 0.12 } })));
  }
  function around(node) {
    const mine = data.edges.filter((edge) => edge.from === node.id || edge.to === node.id);
    const cases = new Set(mine.flatMap((edge) => [edge.from, edge.to]).filter((id) => nodeById.get(id).kind === "case"));
    return [...mine, ...data.edges.filter((edge) => edge.kind === "defendant" && cases.has(edge.from) && !mine.includes(edge))];
  }
  function open(elements) {
    $("detail").replaceChildren(...elements);
    $("panel").hidden = false; $("panel").scrollTop = 0;
  }
  function closePanel() { $("panel").hidden = true; network.unselectAll(); emphasise([]); }
  $("close").addEventListener("click", closePanel);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") closePanel(); });
  network.on("click", ({ nodes: clickedNodes, edges: clickedEdges }) => {
    if (clickedNodes.length) showNode(nodeById.get(clickedNodes[0]));
    else if (clickedEdges.length) showEdge(data.edges[clickedEdges[0]]);
    else closePanel();
  });

  // --- search, legend, zoom --------------------------------------------------------------------------------------------
  for (const name of [...new Set(data.nodes.map((node) => node.name))].sort((a, b) => a.localeCompare(b))) {
    const element = make("option"); element.value = name; $("names").append(element);
  }
  function search() {
    const text = $("query").value.trim().toLocaleLowerCase();
    if (!text) return;
    const found = data.nodes.filter((node) => node.name.toLocaleLowerCase().includes(text));
    const best = found.find((node) => node.name.toLocaleLowerCase() === text) || found[0];
    $("status").textContent = best ? (found.length > 1 ? `${found.length} names match; showing ${best.name}` : "") : `nothing here is called “${$("query").value}”`;
    if (!best) return;
    network.selectNodes([best.id]);
    network.focus(best.id, { scale: 1.1, animation: moving, offset: narrow() ? { x: 0, y: -120 } : { x: -180, y: 0 } });
    showNode(best);
  }
  $("search").addEventListener("submit", (event) => { event.preventDefault(); search(); });
  $("query").addEventListener("change", search);
  for (const [kind, look] of Object.entries(data.looks)) {
    if (!data.nodes.some((node) => node.kind === kind)) continue;
    const item = make("li"); item.append(symbol(look.shape, look.colour), look.label); $("looks").append(item);
  }
  function symbol(shape, colour) {
    const points = {
      triangle: "8,1 15,15 1,15", triangleDown: "1,1 15,1 8,15", diamond: "8,0 16,8 8,16 0,8", square: "1,1 15,1 15,15 1,15",
      hexagon: "4,1 12,1 16,8 12,15 4,15 0,8", star: "8,0 10,6 16,6 11,10 13,16 8,12 3,16 5,10 0,6 6,6",
    }[shape];
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 16 16"); svg.setAttribute("width", "15"); svg.setAttribute("height", "15"); svg.setAttribute("aria-hidden", "true");
    const drawn = document.createElementNS(svg.namespaceURI, points ? "polygon" : "circle");
    if (points) drawn.setAttribute("points", points); else { drawn.setAttribute("cx", "8"); drawn.setAttribute("cy", "8"); drawn.setAttribute("r", "7"); }
    drawn.setAttribute("fill", colour); svg.append(drawn);
    return svg;
  }
  function fitAll() { network.fit({ animation: moving }); }
  function zoom(factor) { network.moveTo({ scale: network.getScale() * factor, animation: moving }); }
  $("zoom-in").addEventListener("click", () => zoom(1.4));
  $("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
  $("fit").addEventListener("click", fitAll);
  drawTable(data.edges);
  network.fit({ animation: false });
  if (data.focus && nodeById.has(data.focus) && !narrow()) showNode(nodeById.get(data.focus));
})();

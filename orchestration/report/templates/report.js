// Behaviour of the page; it reads and works without any of this. Nothing is fetched.
(() => {
  "use strict";
  const root = document.documentElement;

  // --- light or dark ---
  const remember = (value) => { try { localStorage.setItem("pmr-theme", value); } catch { /* a page opened from a file may have no storage */ } };
  try {
    const kept = localStorage.getItem("pmr-theme");
    if (kept === "dark" || kept === "light") root.dataset.theme = kept;
  } catch { /* as above */ }
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.querySelector(".theme").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember(root.dataset.theme);
  });

  // --- contents: the part being read ---
  const contents = document.querySelector(".contents details");
  const small = matchMedia("(max-width: 62rem)");
  const fold = () => { contents.open = !small.matches; };
  fold();
  small.addEventListener("change", fold);
  const links = new Map([...document.querySelectorAll(".contents a")].map((a) => [a.hash.slice(1), a]));
  const parts = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  let current = null;
  const mark = () => {
    let found = parts[0];
    for (const part of parts) if (part.getBoundingClientRect().top <= innerHeight * 0.25) found = part;
    const link = links.get(found.id);
    if (link === current) return;
    if (current) current.removeAttribute("aria-current");
    document.querySelectorAll(".contents li.open").forEach((item) => item.classList.remove("open"));
    link.setAttribute("aria-current", "location");
    for (let item = link.closest("li"); item; item = item.parentElement.closest("li")) item.classList.add("open");
    if (!small.matches) link.scrollIntoView({ block: "nearest" });
    current = link;
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  }, { passive: true });
  mark();

  // --- sorting: numbers and times by value, words by themselves, totals last ---
  const keyOf = (cell) => {
    const kept = cell.dataset.sort ?? cell.textContent.trim();
    const number = Number(kept);
    return kept !== "" && !Number.isNaN(number) ? number : kept;
  };
  const compare = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a === "number") return -1;
    if (typeof b === "number") return 1;
    return a.localeCompare(b, "en", { numeric: true });
  };
  document.querySelectorAll("button.sort").forEach((button) => button.addEventListener("click", () => {
    const head = button.closest("th");
    const place = head.cellIndex;
    const body = head.closest("table").tBodies[0];
    const down = head.getAttribute("aria-sort") === "ascending";
    head.parentElement.querySelectorAll("th").forEach((th) => th.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = [...body.rows];
    const totals = rows.filter((row) => row.classList.contains("total"));
    const plain = rows.filter((row) => !row.classList.contains("total"));
    plain.sort((a, b) => (down ? -1 : 1) * compare(keyOf(a.cells[place]), keyOf(b.cells[place])));
    body.append(...plain, ...totals);
  }));

  // --- a table as CSV; what a spreadsheet would take for a formula is quoted ---
  document.querySelectorAll("button.csv").forEach((button) => button.addEventListener("click", () => {
    const box = button.closest(".table");
    const clean = (cell) => {
      const text = cell.textContent.trim();
      return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
    };
    const lines = [...box.querySelectorAll("tr")].map((row) => [...row.cells].map(clean).join(","));
    const file = new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `${box.id}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }));

  // --- charts come alive near the viewport; a phone gets the narrow one ---
  const phone = matchMedia("(max-width: 35rem)");
  const wake = async (figure) => {
    const chart = figure.querySelector(".chart");
    const specs = JSON.parse(figure.querySelector(".specs").textContent);
    const live = document.createElement("div");
    live.className = "live";
    chart.append(live);
    try {
      await vegaEmbed(live, phone.matches ? specs.narrow : specs.wide, {
        actions: false, renderer: "svg", defaultStyle: false,
        tooltip: { disableDefaultStyle: true },
        loader: { load: () => Promise.reject(new Error("this page loads nothing")) },
      });
      const drawn = live.querySelector("svg");
      drawn.setAttribute("aria-hidden", "true");
      chart.querySelectorAll(".still").forEach((still) => { still.hidden = true; still.style.display = "none"; });
    } catch (error) {
      live.remove();
      console.warn("the chart stays a still picture:", error);
    }
  };
  const showStill = (still) => document.querySelectorAll(".chart .still").forEach((box) => {
    if (box.parentElement.querySelector(".live")) box.style.display = still ? "" : "none";
  });
  addEventListener("beforeprint", () => showStill(true));
  addEventListener("afterprint", () => showStill(false));
  if (typeof vegaEmbed === "function") {
    const near = new IntersectionObserver((seen) => seen.forEach((entry) => {
      if (!entry.isIntersecting) return;
      near.unobserve(entry.target);
      wake(entry.target);
    }), { rootMargin: "600px" });
    document.querySelectorAll("figure").forEach((figure) => near.observe(figure));
  }
})();

// Writes into expected/STYLE.json what citeproc-js makes of references.json and citations.json.
//
// node make.mjs CITEPROC LOCALES
//     CITEPROC  the folder of the npm package "citeproc"
//     LOCALES   a folder of locales-*.xml of the Citation Style Language

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [citeproc, locales] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const CSL = require(citeproc);
const { version } = require(join(citeproc, "package.json"));
const styles = join(here, "../../../build/octavo/book/styles");
const parsed = (name) => JSON.parse(readFileSync(join(here, name), "utf-8"));

const languages = parsed("styles.json");
const references = new Map(parsed("references.json").map((item) => [item.id, item]));
const groups = parsed("citations.json");

// Without markup, without the number that stands before an entry, and without the mark for a part
// that has no words (the author in a style of numbers).
const plain = (html) =>
  html
    .replace(/<div class="csl-left-margin">.*?<\/div>/gs, "")
    .replace(/<[^>]*>/g, "")
    .replace("[NO_PRINTED_FORM]", "")
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(code))
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ")
    .trim();

const item = (cite, isNote) => ({
  id: cite.key,
  label: cite.label,
  locator: cite.locator,
  prefix: cite.prefix ? `${cite.prefix} ` : undefined,
  suffix: cite.suffix && (/^[,;:.)\]]/.test(cite.suffix) ? cite.suffix : ` ${cite.suffix}`),
  // Where the author stands in the sentence, the note does not repeat it.
  "suppress-author":
    cite.mode === "suppress-author" || (isNote && cite.mode === "author-in-text") || undefined,
});

for (const [style, language] of Object.entries(languages)) {
  const text = readFileSync(join(styles, `${style}.csl`), "utf-8");
  const isNote = /<style[^>]*class="note"/.test(text);
  const system = {
    retrieveLocale: (name) => readFileSync(join(locales, `locales-${name}.xml`), "utf-8"),
    retrieveItem: (id) => structuredClone(references.get(id)),
  };
  const engine = new CSL.Engine(system, text, language, true);
  const said = new Array(groups.length);
  const before = [];
  groups.forEach((group, index) => {
    const noteIndex = isNote ? index + 1 : 0;
    const narrative = group[0].mode === "author-in-text";
    const properties = { noteIndex };
    if (narrative && !isNote) properties.mode = "composite";
    const citation = { citationID: `c${index}`, citationItems: [], properties };
    citation.citationItems = group.map((cite) => item(cite, isNote));
    const [, changed] = engine.processCitationCluster(citation, before, []);
    changed.forEach(([place, html]) => {
      said[place] = plain(html);
    });
    before.push([citation.citationID, noteIndex]);
  });
  const [parameters, entries] = engine.makeBibliography();
  const bibliography = Object.fromEntries(
    parameters.entry_ids.map(([id], index) => [id, plain(entries[index])]),
  );
  const answer = { engine: `citeproc-js ${version}`, citations: said, bibliography };
  writeFileSync(join(here, "expected", `${style}.json`), `${JSON.stringify(answer, null, 2)}\n`);
}

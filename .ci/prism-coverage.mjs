// Reads a log of Prism and tells which operations of a description (in JSON) it received, and which it refused.
// Usage: node prism-coverage.mjs LOG DESCRIPTION
import { readFileSync } from "node:fs";

const [log, description] = process.argv.slice(2).map((path) => readFileSync(path, "utf8"));

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const document = JSON.parse(description);
const resolved = (node) => (node?.$ref ? resolved(node.$ref.slice(2).split("/").reduce((at, key) => at[key], document)) : node);

// Prism reads a repeated key of a form as its last value, so that lists in forms are not sent to it.
function hasFormList(operation) {
  const form = resolved(operation.requestBody)?.content?.["application/x-www-form-urlencoded"];
  return Object.values(resolved(form?.schema)?.properties ?? {}).some((property) => resolved(property).type === "array");
}

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  methods
    .filter((method) => method in item)
    .map((method) => ({
      id: item[method].operationId ?? `${method} ${path}`,
      method,
      path,
      seen: false,
      isLeftOut: hasFormList(item[method]),
    })),
);

const literal = (text) => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
const pattern = (path) => new RegExp(`^${path.split(/\{[^}]*\}/).map(literal).join("[^/]+")}$`);
const parameters = (path) => path.split("{").length;

// Of the templates that match, the one with the fewest parameters is meant (OpenAPI 3.0, Paths Object).
function operationOf(method, path) {
  return operations
    .filter((operation) => operation.method === method && pattern(operation.path).test(path))
    .sort((a, b) => parameters(a.path) - parameters(b.path))[0];
}

let others = 0;
for (const [, method, url] of log.matchAll(/\[HTTP SERVER\] (\w+) (\S+) .*Request received/g)) {
  const operation = operationOf(method, url.split("?")[0]);
  if (operation) operation.seen = true;
  else others += 1;
}

// A complaint about a response is one about the description's own example.
const refused = log
  .split("\n")
  .filter((line) => /Request terminated with error|\[VALIDATOR\].*(warning|error)/.test(line))
  .filter((line) => !line.includes("Violation: response"));
const unseen = operations.filter((operation) => !operation.seen);
const missing = unseen.filter((operation) => !operation.isLeftOut);
for (const { id } of unseen.filter((operation) => operation.isLeftOut)) console.log(`not sent to Prism: ${id}, a form with a list`);
for (const line of refused) console.error(line);
for (const { id, method, path } of missing) console.error(`never sent: ${id} (${method} ${path})`);
console.log(
  `${operations.length - unseen.length} of ${operations.length} operations received by Prism,`,
  `${refused.length} complaints, ${others} requests of no operation`,
);
process.exitCode = missing.length + refused.length + others === 0 ? 0 : 1;

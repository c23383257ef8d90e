/** What scripts must keep to, beside their types. */

import js from "@eslint/js";

/** Text is set as text, and nothing is sent or fetched: see hooks/gongkai/html/policy.py. */
const REFUSED = ["innerHTML", "outerHTML", "insertAdjacentHTML", "srcdoc", "write", "cssText"];
/** What the oldest browser that the site is for, Chromium 78, does not know. */
const TOO_NEW =
  ["replaceChildren", "checkVisibility", "showPopover", "inert", "submitter", "randomUUID"];

/** What the functions of tests/browser use of the page that they look at. */
const IN_A_PAGE = Object.fromEntries(
  ["document", "getComputedStyle", "gongkai", "innerHeight", "innerWidth"]
    .map(name => [name, "readonly"]));

const HABITS = {
  "array-callback-return": "error",
  "complexity": ["error", 10],
  "consistent-return": "error",
  "curly": ["error", "multi-line"],
  "eqeqeq": "error",
  "max-depth": ["error", 3],
  "max-lines": ["error", { max: 250, skipComments: true }],
  "max-lines-per-function": ["error", { max: 45, skipComments: true }],
  "max-params": ["error", 4],
  "no-implicit-coercion": "error",
  "no-param-reassign": "error",
  "no-shadow": "error",
  "no-throw-literal": "error",
  "no-use-before-define": ["error", { classes: false, functions: false }],
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": "error",
  "prefer-template": "error",
};

const SITE = {
  "no-implicit-globals": "error",
  "no-restricted-globals": ["error", "fetch", "XMLHttpRequest", "Worker", "eval"],
  "no-restricted-properties": [
    "error",
    ...REFUSED.map(property => ({ property, message: "The security policy is against it." })),
    ...TOO_NEW.map(property => ({ property, message: "Chromium 78 does not have it." })),
  ],
  "no-undef": "off",  // the type checker knows which names there are
  "strict": ["error", "function"],
};

export default [
  {
    files: ["docs/**/*.js"],
    languageOptions: { ecmaVersion: 2019, sourceType: "script" },
    rules: { ...js.configs.recommended.rules, ...HABITS, ...SITE },
  },
  {
    files: ["tests/browser/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "script", globals: IN_A_PAGE },
    rules: { ...js.configs.recommended.rules, ...HABITS },
  },
  {
    files: ["tests/js/*.js", ".ci/js/*.js"],
    languageOptions: {
      ecmaVersion: 2022,
      sourceType: "module",
      globals: { URL: false, URLSearchParams: false, setImmediate: false, structuredClone: false },
    },
    rules: { ...js.configs.recommended.rules, ...HABITS },
  },
];

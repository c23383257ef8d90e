/** What the scripts of the site must keep to, beside their types. */

import js from "@eslint/js";

export default [
  {
    ...js.configs.recommended,
    files: ["docs/assets/*.js"],
    languageOptions: { ecmaVersion: 2021, sourceType: "script" },
    rules: {
      ...js.configs.recommended.rules,
      "no-undef": "off",
    },
  },
  {
    ...js.configs.recommended,
    files: [".ci/js/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module" },
  },
];

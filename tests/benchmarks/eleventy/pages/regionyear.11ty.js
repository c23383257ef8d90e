import { overview, pages, places } from "../html.js";

const { data, render } = pages(
  "regionYears", ({ code, year }) => `regions/${code}/${year}`, ({ name, year }) => `${name} ${year}年`,
  ({ below, lines }) => `${places(below)}\n${overview(lines, "agency")}`,
);
export { data, render };

/** The portal's pages by Eleventy: each template pages over one list of portal.js. */
import { readPortal } from "./portal.js";

export default function configure(config) {
  config.addGlobalData("portal", () => readPortal(process.env.PORTAL_DATA));
  return { dir: { input: "pages", includes: "../includes", output: "public" } };
}

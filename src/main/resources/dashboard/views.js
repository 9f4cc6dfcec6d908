// Which views there are, in the order of the navigation. `needs` names the call without which there is no such view.

import * as overview from "./view-overview.js";

export const VIEWS = [
  { id: "overview", title: "Overview", group: "Now", lede: "What goes out, what becomes of it, and what is wrong.", open: overview.open },
];

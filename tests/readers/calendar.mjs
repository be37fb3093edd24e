// A calendar as ical.js reads it, the library of Thunderbird: one line for each event.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
const told = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    start: event.startDate?.toString() ?? null,
    backwards: event.endDate !== null && event.endDate.compare(event.startDate) < 0,
    stamped: component.getFirstPropertyValue("dtstamp") !== null,
  };
});
console.log(JSON.stringify(told));

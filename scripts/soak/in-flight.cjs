// @ts-check
const { renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const ofService = (path) => require(join(__dirname, '../../dist/src', path));
const { FailedLogins } = ofService('auth/failed-logins.js');
const { BytesInFlight } = ofService('web/bodies/bytes-in-flight.js');

const EVERY_MS = 100;

/**
 * Preloaded into the service (`NODE_OPTIONS=--require`): keeps in the file IN_FLIGHT_FILE what requests hold at the moment,
 * `{ bytes, shares, logins }`: of bodies, callers' shares that are not empty, and lines of logins.
 */
const rooms = callersOf(BytesInFlight, 'open');
const failures = callersOf(FailedLogins, 'attempt');

setInterval(() => {
  const file = process.env.IN_FLIGHT_FILE;
  writeFileSync(`${file}.new`, JSON.stringify(inFlight()));
  renameSync(`${file}.new`, file);
}, EVERY_MS).unref();

function inFlight() {
  const sum = (all, sizeOf) => [...all].reduce((total, each) => total + sizeOf(each), 0);
  return {
    bytes: sum(rooms, ({ total }) => total),
    shares: sum(rooms, ({ ofShares }) => ofShares.size),
    logins: sum(failures, ({ lines }) => lines.size),
  };
}

/** The objects of a class whose method was called. */
function callersOf({ prototype }, method) {
  const seen = new Set();
  const original = prototype[method];
  prototype[method] = function (...args) {
    seen.add(this);
    return original.apply(this, args);
  };
  return seen;
}

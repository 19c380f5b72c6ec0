/** The order of the rooms in src/: a room imports only from lines above its own, rooms of one line never each other. */
module.exports = [
  ['common', 'contracts'],
  ['config'],
  ['database', 'secrets', 'search', 'charts', 'web', 'http-client', 'deployment'],
  ['engine'],
  ['foreman-kit', 'audit'],
  ['view-kit'],
  ['compute-resources'],
  ['auth'],
  ['accounts'],
  ['reports'],
  ['hosts'],
  ['bookmarks', 'ingest', 'dashboard', 'virtual-machines', 'report-pages'],
  ['foreman-api'],
  ['host-pages'],
  ['admin', 'openapi'],
  ['cli'],
];

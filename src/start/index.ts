/**
 * How one process of Lodge comes up: it listens, says where it is to other programs (`run.json`) and to people (the
 * banner), and turns settings into what the gateway is told. It opens no module and decides nothing about requests.
 */
export { banner } from './banner.ts';
export { listen } from './listen.ts';
export { ownOrigins } from './origins.ts';
export { pages } from './pages.ts';
export { type RunFile, removeRunFile, writeRunFile } from './run-file.ts';
export { docsBaseUrl, gatewaySettings, profileOfSettings, version } from './settings.ts';

/**
 * What of a mail's HTML may be shown to a reader, the document that shows it, and the text of a mail that has only HTML.
 *
 * Promises: nothing that runs, loads, submits, moves or covers is left; sanitising again changes nothing; the time grows
 * with the length alone. Sanitise, then redact (`../redaction/`), then store; `frameDocument` sanitises again.
 * Never: loads anything itself, trusts what was stored, throws over HTML that is broken or hostile.
 */
export { type FrameImages, type FrameOptions, frameDocument } from './frame.ts';
export { type SafeHtml, type SafeHtmlOptions, sanitiseMailHtml } from './sanitise.ts';
export { htmlToText } from './text.ts';

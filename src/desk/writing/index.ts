export { mailThread } from './mail-thread.ts';
export { mergeTickets, splitTicket } from './merge.ts';
export { addNote, mentionsIn } from './note.ts';
export { type CleanText, cleanLine, cleanText, findingBody } from './redact.ts';
export { type Replied, type Replier, type ReplyInput, replyTo } from './reply.ts';
export { undoReply } from './undo.ts';
export {
  beginUpload,
  fileName,
  pieceMaxBytes,
  sweepUploads,
  takePiece,
  takeUploads,
  uploadMaxBytes,
} from './uploads.ts';

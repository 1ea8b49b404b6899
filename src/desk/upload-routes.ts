import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { type Route, type RouteContext, route } from '../http/index.ts';
import type { DeskParts } from './parts.ts';
import { only } from './problems.ts';
import { text } from './shapes.ts';
import { beginUpload, fileName, pieceMaxBytes, takePiece, uploadMaxBytes } from './writing/index.ts';

interface UploadDoor {
  readonly path: string;
  readonly access: 'account' | 'staff:tickets.write';
  /** Whose uploads these are. */
  readonly ownerOf: (context: Pick<RouteContext, 'caller'>) => string | null;
}

/** A file goes up in pieces, because a body of this API is small; a message then names it. */
export function uploadRoutes(parts: DeskParts, { path, access, ownerOf }: UploadDoor): Route[] {
  return [
    route({
      method: 'POST',
      path,
      summary: 'Begin to upload a file for a message',
      access,
      body: z.object({ name: text(300), size: z.int().min(1).max(uploadMaxBytes) }),
      responses: { 201: z.object({ id: z.string(), piece_bytes: z.int(), pieces: z.int() }) },
      problems: only('upload_too_large', 'desk_limit_reached'),
      async handle(context: RouteContext, { body }) {
        const { size } = body;
        const id = await beginUpload(parts, ownerOf(context), { name: fileName(body.name), size });
        return { status: 201, body: { id, piece_bytes: pieceMaxBytes, pieces: Math.ceil(size / pieceMaxBytes) } };
      },
    }),
    route({
      method: 'PUT',
      path: `${path}/{upload}/pieces/{number}`,
      summary: 'Send one piece of an upload',
      access,
      params: z.object({ upload: z.string().max(100), number: z.string().max(10) }),
      body: z.object({
        data: z
          .base64()
          .max(Math.ceil(pieceMaxBytes / 3) * 4)
          .describe('The bytes in base64.'),
      }),
      responses: { 204: null },
      problems: only('upload_not_found', 'upload_invalid'),
      async handle(context: RouteContext, { params, body }) {
        if (!/^\d{1,3}$/.test(params.number)) throw new AppError('upload_invalid', 'Pieces are numbered from 0.');
        const piece = { number: Number(params.number), bytes: Buffer.from(body.data, 'base64') };
        await takePiece(parts, ownerOf(context), params.upload, piece);
        return { status: 204, body: null };
      },
    }),
  ];
}

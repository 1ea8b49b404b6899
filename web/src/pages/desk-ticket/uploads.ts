import { api } from '../../api/client.ts';
import type { UploadEnds } from '../../tickets/upload.ts';

/** Where staff upload what goes with a reply. */
export const deskUploads: UploadEnds = {
  async begin(file, signal) {
    return (await api.post('/admin/v1/ticket-uploads', { body: { name: file.name, size: file.size }, signal })).id;
  },
  piece: (upload, number, data, signal) =>
    api.put('/admin/v1/ticket-uploads/{upload}/pieces/{number}', {
      params: { upload, number: String(number) },
      body: { data },
      signal,
    }),
};

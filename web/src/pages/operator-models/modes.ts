export const modes = ['chat', 'completion', 'embedding', 'image', 'audio', 'moderation'] as const;
export const modalities = ['text', 'image', 'audio', 'video', 'file', 'embedding'] as const;

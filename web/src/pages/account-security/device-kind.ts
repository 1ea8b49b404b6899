export type DeviceKind = 'android' | 'apple' | 'device' | 'ios' | 'linux' | 'windows';

/** In this order: phones name the system that theirs is made from as well. */
const marks: readonly (readonly [RegExp, DeviceKind])[] = [
  [/iPhone|iPad/, 'ios'],
  [/Android/, 'android'],
  [/Windows/, 'windows'],
  [/Macintosh/, 'apple'],
  [/Linux|X11/, 'linux'],
];

/** What a passkey made here may be called. Pure. */
export function deviceKind(userAgent: string): DeviceKind {
  return marks.find(([mark]) => mark.test(userAgent))?.[1] ?? 'device';
}

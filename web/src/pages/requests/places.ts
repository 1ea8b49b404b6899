import { type PagePath, usePath } from '../../navigation.tsx';

interface RequestPlaces {
  /** The reader is among the operator's pages: calls of everybody. */
  readonly isStaff: boolean;
  readonly list: PagePath;
  readonly one: PagePath;
}

const own: RequestPlaces = { isStaff: false, list: '/requests', one: '/requests/$id' };
const ofAll: RequestPlaces = { isStaff: true, list: '/operator/requests', one: '/operator/requests/$id' };

/** The list that the reader has come from, and where its calls are explained. */
export function useRequestPlaces(): RequestPlaces {
  return usePath().startsWith(ofAll.list) ? ofAll : own;
}

import { useRead } from '../../api/queries.ts';
import { useStaffCan } from '../../session.tsx';

export interface StaffName {
  readonly id: string;
  readonly name: string;
}

/** Who can be given tickets, for those who may see the staff; null: not known to the reader. */
export function useStaffNames(): readonly StaffName[] | null {
  const enabled = useStaffCan('staff.write');
  const { data } = useRead('/admin/v1/staff', {}, { enabled });
  return data?.data.map(({ account }) => ({ id: account.id, name: account.name })) ?? null;
}

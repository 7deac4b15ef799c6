/** A number of things: `1 turn`, `2 turns`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A large number for people: `31,440`. */
export function shownCount(count: number): string {
  return count.toLocaleString("en-US");
}

/** `true` when two types are identical to the compiler, optional fields and unions included; otherwise `false`. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** `true` when every field of `T` is `true`; otherwise the names of those that are not. */
export type AllTrue<T> = { [K in keyof T]: T[K] extends true ? never : K }[keyof T] extends never
  ? true
  : { readonly different: { [K in keyof T]: T[K] extends true ? never : K }[keyof T] };

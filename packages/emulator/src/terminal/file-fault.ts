import { messageOf } from "../wire/message-of.ts";

const faults: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EISDIR: "it is a folder, and a file is wanted",
  ENOTDIR: "a part of the path is no folder",
  EEXIST: "a file of that name is there",
  EACCES: "this user may not do that",
  EPERM: "this user may not do that",
  EROFS: "the disk can only be read",
  ENOSPC: "the disk is full",
  ENAMETOOLONG: "the name is too long",
  ERR_STRING_TOO_LONG: "it is too large to be read in one piece",
  ERR_FS_FILE_TOO_LARGE: "it is too large to be read in one piece",
};

/** Why a file or a folder is not to be had, in words for whoever named it; without a full stop. */
export function fileFault(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return faults[code] ?? messageOf(error);
}

/** What both servers answer. */
export const answer =
  "It is sunny in Lisbon, with a light breeze from the sea, and it stays so until the evening.";

import type {Request,Response} from 'express';
import { fields,formError,html,sendError,sendPage,type Html } from "../html.ts";
import {findNote,findPatient,insertNote,notesOfPatient,type Note,type Patient} from '../models.ts'
import { currentDoctor } from "../sessions.ts"

// The paper form in the patient's folder has room for 2000 characters. The print shop's
// template cuts off what is longer without saying so, and a dose was once lost that way:
// raise this number only together with the form.
const MaxLength=2000

// The medical records act obliges us to keep every note for ten years after the
// patient's last visit, also when the patient leaves us. That is why notes can be
// written here and never changed or deleted.
export async function noteList(request:Request,response:Response):Promise<void>{
    const PatientID=String(request.params["id"]);
    const thePatient=await findPatient(PatientID)
    if(thePatient===null){
        sendError(response,404,'patient-not-found','No such patient')
        return
    }
  await sendNotes(response,thePatient,"")
}

// This function creates a new note for a patient.
// It takes the request and the response as its parameters.
// It reads the body, checks it, stores the note and redirects.
export async function CreateNote(request:Request,response:Response):Promise<void> {
  const doctor = currentDoctor(response)
  const thePatient = await findPatient(String(request.params['id']))
  if(thePatient===null||doctor===null)
  {
    sendError(response,404,"patient-not-found","No such patient");
    return;
  }
  const note_body=String(request.body?.body??'').trim()
  if(is_empty(note_body)){
      response.status(400)
      await sendNotes(response,thePatient,note_body,formError("note-required","A note needs some text"))
      return
  }
  if (TooLong(note_body)) {
    response.status(400);
    await sendNotes(response,thePatient,note_body,formError('note-too-long',`A note has at most ${MaxLength} characters`));
    return;
  }
  await insertNote(thePatient,doctor,note_body)
  response.redirect(303,Notes_Url(thePatient))
}

// This function shows one single note.
// It gets the id of the note from the request parameters.
// It sends the page with the note to the response.
export async function note_detail(request : Request,response : Response):Promise<void>{
  const NoteID=String(request.params['id'])
  const the_note=await findNote(NoteID);
  if(the_note===null) {
      sendError(response,404,'note-not-found',"No such note")
      return;
  }
  sendPage(response,preview(the_note),html`<article class="narrow" data-note-id="${the_note.id}">
    <h1>Note</h1>
    <div class="card"><p class="prose" data-field="body">${the_note.body}</p></div>
    ${fields([
      ['patient','Patient',the_note.patientName],
        ["facility","Facility",the_note.facilityName],
      ['author',"Author",authorOf(the_note)],
      ["created-at",'Written',FormatTime(the_note.createdAt)],
    ])}
  </article>`);
}

// This function sends the page with all the notes of a patient.
// It loads the notes of the patient from the database.
// It builds the list and the form and sends the page.
async function sendNotes(response:Response,thePatient:Patient,note_body:string,Message?:Html):Promise<void>{
  const all_notes = await notesOfPatient(thePatient)
  sendPage(response,`Notes of ${thePatient.name}`,html`<p class="crumbs"><a href="/patients/${thePatient.id}">${thePatient.name}</a></p>
    <section data-patient-id="${thePatient.id}">
      <div class="heading">
        <h1>Notes of <span data-field="name">${thePatient.name}</span></h1>
        <p class="muted"><span data-field="note-count">${CountNotes(all_notes)}</span> in all</p>
      </div>
      <form method="post" action="${Notes_Url(thePatient)}" class="card stacked" novalidate>
        ${Message}
        <label>New note <textarea name="body" rows="4" required>${note_body}</textarea></label>
        <button>Save note</button>
      </form>
      ${CountNotes(all_notes)>0&&html`<ol class="notes" data-field="notes">${all_notes.map(note_item)}</ol>`}
      ${CountNotes(all_notes)===0 && html`<p class="muted" data-field="no-notes">No notes yet</p>`}
    </section>`)
}

// This function renders one note as a list item.
// It takes a note as its parameter.
// It returns the HTML of the list item.
function note_item(theNote:Note):Html{
    return html`<li class="card" data-note-id="${theNote.id}">
      <p class="prose" data-field="body">${theNote.body}</p>
      <p class="muted">
        <span data-field="author">${authorOf(theNote)}</span> ·
        <a href="/notes/${theNote.id}"><time data-field="created-at" datetime="${theNote.createdAt.toISOString()}">${FormatTime(theNote.createdAt)}</time></a>
      </p>
    </li>`
}

// This function returns the URL of the notes of a patient.
// It takes the patient as its parameter.
// It puts the id of the patient into the URL.
function Notes_Url(thePatient:Patient):string{ return `/patients/${thePatient.id}/notes` }

// This function checks if the text is empty.
// It takes the text as its parameter.
// It returns true if the text is empty and false otherwise.
function is_empty(text:string):boolean{ return text==='' }

// This function checks if the text is too long.
// It compares the length of the text with the maximum length.
// It returns true if the text is longer than the maximum.
function TooLong(text:string):boolean { return text.length>MaxLength; }

// This function counts the notes.
// It takes the list of notes as its parameter.
// It returns the number of notes in the list.
function CountNotes(note_list:Note[]):number{return note_list.length}

// This function returns the author of a note.
// It takes the note as its parameter.
// It returns "Unknown" if the note has no author.
function authorOf(theNote:Note):string{ return theNote.createdBy??"Unknown" }

// This function returns a preview of a note.
// It takes the note as its parameter.
// It returns the first 20 characters of the body in upper case.
function preview(theNote:Note):string{ return theNote.body.slice(0,60); }

// The insurance companies read every time in a bill as UTC and send back a bill whose
// treatment seems to begin before the appointment. So we print UTC here, and say so,
// although nobody at the desk thinks in it.
function FormatTime(written_at:Date):string{ return written_at.toISOString().slice(0,16).replace("T"," ")+' UTC' }

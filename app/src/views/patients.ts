import type { Request,Response } from "express"
import {fields,html,sendError,sendPage,type Html} from '../html.ts';
import {findPatient,notesOfPatient,type Note,type Patient} from '../models.ts';

export async function Patient_Detail(request:Request,response:Response):Promise<void>{
    const PatientID=String(request.params['id'])
    const thePatient = await findPatient(PatientID)
    if(thePatient===null){
      sendError(response,404,"patient-not-found","No such patient");
      return
    }
    const all_notes=await notesOfPatient(thePatient)
    const NoteItems = all_notes.map(Note_Item)

  sendPage(response,thePatient.name,html`<article data-patient-id="${thePatient.id}">
      <div class="heading">
        <h1 data-field="name">${thePatient.name}</h1>
        <p class="actions"><a class="button" href="/patients/${thePatient.id}/notes">Write a note</a></p>
      </div>
      ${PatientFacts(thePatient)}
      <section>
        <h2>Diagnoses</h2>
        ${diagnosis_list(thePatient)}
      </section>
      <section>
        <h2>Notes</h2>
        <p class="muted"><span data-field="note-count">${all_notes.length}</span> in all</p>
        ${NoteItems.length>0 ? html`<ol class="notes" data-field="notes">${NoteItems}</ol>`:html`<p class="muted" data-field="no-notes">No notes yet</p>`}
      </section>
    </article>`)
}

function PatientFacts(thePatient:Patient):Html{
  const Unknown="Not known";
  return fields([
    ['facility','Facility',thePatient.facilityName||Unknown],
      ["doctor", "Doctor", thePatient.doctorName || Unknown],
    ['birth-date','Birth date',thePatient.birthDate],
    ['age',"Age",thePatient.age],
  ])
}

function diagnosis_list(thePatient:Patient):Html{
    const diagnosis_names=(thePatient.diagnoses??'').split(',').map(Name=>Name.trim()).filter(Name=>Name!=="");
    if (diagnosis_names.length===0)
    {
        return html`<p class="muted" data-field="no-diagnoses">None recorded</p>`
    }
  return html`<ul class="chips" data-field="diagnoses">${diagnosis_names.map((one_name)=>html`<li data-field="diagnosis">${one_name}</li>`)}</ul>`;
}

function Note_Item( theNote : Note ):Html {
  const written_at=theNote.createdAt.toISOString()
  const AuthorName = theNote.createdBy??"Unknown"
    return html`<li class="card" data-note-id="${theNote.id}">
      <p data-field="body">${theNote.body}</p>
      <p class="muted">
        <span data-field="author">${AuthorName}</span> ·
        <a href="/notes/${theNote.id}"><time data-field="created-at" datetime="${written_at}">${written_at.slice(0,10)}</time></a>
      </p>
    </li>`;
}

"""The report: from marts to one document, and from the document to HTML, PDF and XLSX.

Belongs here: reading marts, wording, layout, formats. Does not belong here: computing a figure (the
marts do), deciding whether an issue may be made (the gate does), writing the issue's folder (the
export does).
"""
